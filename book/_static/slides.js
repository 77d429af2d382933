Reveal.initialize({
  width: 960, height: 700, margin: .06, center: false, display: "flex", hash: true, slideNumber: "c/t",
  transition: "none", backgroundTransition: "none", controlsTutorial: false, scrollActivationWidth: null,
  plugins: [RevealNotes],
});
