// Fills in each form with each set of answers in ODK's engine and writes which questions it shows and requires, and which
// answers it does not allow:
// `evaluate.mjs FORMS.jsonl OUT.jsonl`.

import { createReadStream, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { JSDOM } from "jsdom";

// The engine is made for browsers: it looks for these when it is loaded.
const { window } = new JSDOM("");
for (const name of ["DOMParser", "XMLSerializer", "Node", "Element", "document"]) globalThis[name] = window[name];
globalThis.__dirname = import.meta.dirname;
const { loadForm } = await import("@getodk/xforms-engine");

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A saved form with these answers, as the engine restores it. */
function saved(questions, answers) {
  const fields = questions.map(({ key }) => `<${key}>${escaped(answers[key] ?? "")}</${key}>`);
  const xml = `<data id="data">${fields.join("")}<meta><instanceID>uuid:1</instanceID></meta></data>`;
  const data = new FormData();
  data.set("xml_submission_file", new File([xml], "xml_submission_file", { type: "text/xml" }));
  return { data: [data] };
}

/** The nodes of the questions once the answers are in. */
async function filled(form, questions, answers) {
  const { root } = await form.restoreInstance(saved(questions, answers));
  const named = (node) => [node.definition.qualifiedName.localName, node];
  const nodes = new Map(root.currentState.children.map(named));
  for (const { key } of questions) {
    const { relevant, instanceValue } = nodes.get(key).currentState;
    // Where the engine changed an answer, what it says is not about the answer that we write.
    const expected = relevant ? (answers[key] ?? "") : "";
    if (instanceValue !== expected) throw new Error(`${key} is '${instanceValue}', not '${expected}'`);
  }
  return nodes;
}

/** JSON with the keys of each object in order. */
function json(value) {
  const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(value, (_, inner) => (inner?.constructor === Object ? sorted(inner) : inner));
}

const [forms, out] = process.argv.slice(2);
const lines = [];
for await (const line of createInterface({ input: createReadStream(forms) })) {
  const { questions, answers: sets, xform } = JSON.parse(line);
  const form = await loadForm(xform);
  if (form.status === "failure") throw form.error;
  for (const answers of sets) {
    const nodes = await filled(form, questions, answers);
    const visible = questions.map(({ key }) => key).filter((key) => nodes.get(key).currentState.relevant);
    const required = visible.filter((key) => nodes.get(key).currentState.required);
    const violated = visible.filter((key) => !nodes.get(key).validationState.constraint.valid);
    lines.push(json({ id: lines.length + 1, questions, answers, visible, required, violated }) + "\n");
  }
}
writeFileSync(out, lines.join(""));
