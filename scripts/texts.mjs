// @ts-check
// Brings po/ up to date with the sources: npm run texts.
import fs from "node:fs";
import { currentTexts, languages, mergePo, poPath, readPo, template, TEMPLATE } from "./po-files.mjs";
import { poProblems } from "./po-problems.mjs";

/** @param {string} language @param {ReturnType<typeof currentTexts>} texts */
function update(language, texts) {
  const file = poPath(`${language}.po`);
  const merged = mergePo(fs.readFileSync(file, "utf8"), texts);
  fs.writeFileSync(file, merged);
  const { entries } = readPo(merged);
  const missing = entries.filter(({ msgstr }) => msgstr.includes(""));
  console.log(`${file}: ${entries.length - missing.length} of ${entries.length} texts`);
  for (const { msgid } of missing.slice(0, 20)) console.log(`  is not translated: ${JSON.stringify(msgid)}`);
  for (const problem of poProblems(language, merged, texts, false)) console.log(`  ${problem}`);
}

try {
  const texts = currentTexts();
  fs.writeFileSync(poPath(TEMPLATE), template(texts));
  for (const language of languages()) update(language, texts);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
