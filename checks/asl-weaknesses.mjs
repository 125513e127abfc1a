// Whether the check over state machines can fail: a template is broken in one place at a time, and each time it has to
// be found:
//   node asl-weaknesses.mjs TEMPLATE
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspectMachines } from "./machines.mjs";

const weaknesses = [
  ["a Next that is no state", "Next: Train\n", "Next: Trian\n", "target: Trian"],
  ["a Next of a Catch that is no state", "Next: IsDescription", "Next: IsDescribed", "target: IsDescribed"],
  ["a StartAt that is no state", "StartAt: ReadParameters", "StartAt: Parameters", "target: Parameters"],
  ["a state that nothing leads to", "Default: JobStopped", "Default: JobFailed", "JobStopped is not reachable"],
  ["a state that neither ends nor goes on", "            Next: Train\n", "", `State "ReadHyperparameters" MUST contain exactly one`],
  ["a state of a type that is none", "Type: Pass", "Type: Parse", "/States/ReadParameters/Type"],
  ["a member that no state has", "StringMatches:", "Matches:", "/States/HyperparametersAreFile"],
  ["a path that is none", "Cause)", "Cause[)", "/States/ReadDescription"],
  ["a function that is none", "States.Format('{}/{}/checkpoint'", "States.Formt('{}/{}/checkpoint'", "/States/Train/Parameters"],
  ["a mistake behind a condition that does not hold", "!Sub States.StringToJson('${MaxWaitTimeForSpotInstances}')", "$.a[", "/States/Train/Parameters"],
  ["a resource that is no ARN", "arn:${AWS::Partition}:states:::sagemaker", "sagemaker", "/States/Train/Resource"],
];

const [file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const folder = mkdtempSync(join(tmpdir(), "mlops-asl-"));
let failed = false;
try {
  const weak = join(folder, "template.yaml");
  for (const [name, good, bad, expected] of weaknesses) {
    if (!text.includes(good)) throw new Error(`${file} has no ${JSON.stringify(good)} to weaken`);
    writeFileSync(weak, text.replaceAll(good, bad));
    const problems = inspectMachines(weak).flatMap((machine) => machine.problems);
    if (problems.some((problem) => problem.includes(expected))) continue;
    console.error(`${file}: ${name} is not found: ${problems.join("; ") || "nothing is"}`);
    failed = true;
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(failed ? 1 : 0);
