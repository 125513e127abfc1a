// cdk-nag's AwsSolutions rules over each template:
//   node nag.mjs [--explanations FILE] TEMPLATE...
// A finding that stays is explained: beside its resource, in Metadata: {cdk_nag: {rules_to_suppress: [{id, reason}]}}, or, where
// the template is written by a program, in a file of [{id, resources, reason}], which is about all templates together.
// An explanation that explains nothing any more is a failure, too.
import { readFileSync } from "node:fs";
import { inspect } from "./nag-findings.mjs";

// "AwsSolutions-IAM5" explains every finding of the rule at its resource, "AwsSolutions-IAM5[Resource::*]" only that one.
const explains = (explanation, finding) =>
  explanation.resource === finding.resource &&
  (explanation.id === finding.id || explanation.id === finding.id.replace(/\[.*$/s, ""));

function complaints(where, findings, explanations) {
  return [
    ...explanations
      .filter((explanation) => !findings.some((finding) => explains(explanation, finding)))
      .map(({ resource, id }) => `${where}: ${resource}: ${id} is explained, but there is no such finding. Remove the explanation.`),
    ...explanations
      .filter(({ reason }) => !reason?.trim())
      .map(({ resource, id }) => `${where}: ${resource}: ${id} is suppressed without a reason.`),
  ];
}

const args = process.argv.slice(2);
const file = args[0] === "--explanations" ? args.splice(0, 2)[1] : undefined;
const shared = file
  ? JSON.parse(readFileSync(file, "utf8")).flatMap(({ id, resources, reason }) => resources.map((resource) => ({ id, resource, reason })))
  : [];
// What cdk-nag cannot even read is a failure of that template, and the others are still looked at.
function inspected(template) {
  try {
    return inspect(template);
  } catch (problem) {
    return { broken: problem.message.replace(/\s*\n\s*/g, " ") };
  }
}

const all = [];
const messages = args.flatMap((template) => {
  const { findings, explanations, broken } = inspected(template);
  if (broken) return [`${template}: ${broken}`];
  all.push(...findings);
  return [
    ...findings
      .filter((finding) => ![...explanations, ...shared].some((explanation) => explains(explanation, finding)))
      .map(({ resource, id, description }) => `${template}: ${resource}: ${id} ${description}`),
    ...complaints(template, findings, explanations),
  ];
});
messages.push(...complaints(file, all, shared));
messages.forEach((message) => console.error(message));
process.exit(messages.length > 0 ? 1 : 0);
