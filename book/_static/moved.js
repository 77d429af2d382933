// A page that has moved leads on at once, to the anchor that was asked for.
location.replace(document.querySelector("a").href + location.hash);
