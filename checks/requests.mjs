// The JSON Schema of requests (mlops schema) against ajv, the examples, and our own validation:
//   node requests.mjs MLOPS EXAMPLE…
// What mlops validate takes, the schema has to take; of what is plainly wrong, the schema has to refuse each.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";

const [mlops, ...examples] = process.argv.slice(2);
const problems = [];
const run = (...args) => {
  try {
    return JSON.parse(execFileSync(mlops, [...args, "--output", "json"], { encoding: "utf8", maxBuffer: 1 << 28 }));
  } catch (failure) {
    if (failure.status !== 1) throw failure;
    return JSON.parse(failure.stdout);
  }
};
const compile = (...args) =>
  new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true }).compile(run("schema", ...args));
const say = (errors) => errors.map(({ instancePath, message }) => `${instancePath || "/"} ${message}`).join("; ");
const expect = (what, wanted, schema, request) => {
  if (schema(request) === wanted) return;
  problems.push(`${what}: ${wanted ? `refused (${say(schema.errors)})` : "taken"}: ${JSON.stringify(request)}`);
};

const all = { off: compile("--registry", "off"), on: compile("--registry", "on") };
const strict = compile("--strict");
const requests = examples.map((file) => ({
  name: basename(file, ".json"),
  registry: file.endsWith(".registry.json"),
  request: JSON.parse(readFileSync(file, "utf8")),
}));
const types = new Map();
const one = (type, registry) => {
  const key = `${type} ${registry}`;
  if (!types.has(key)) types.set(key, compile(type, "--registry", registry));
  return types.get(key);
};

// Every example, by the schema of all types and by that of its own, in the deployments that take it.
for (const { name, registry, request } of requests) {
  for (const setting of registry ? ["on", "off"] : ["off"]) {
    expect(`${name} --registry ${setting}`, true, all[setting], request);
    expect(`${name} --registry ${setting}, own schema`, true, one(request.pipeline_type, setting), request);
  }
  expect(`${name} --strict`, true, strict, request);
  expect(`${name} --strict, with a mistyped key`, false, strict, { ...request, endpoint_nam: "x" });
  expect(`${name}, with an unknown key`, true, all.off, { ...request, comment: { any: "thing" } });
  // A type without an example for the registry takes no model from it.
  const fromRegistry = requests.some((other) => other.registry && other.request.pipeline_type === request.pipeline_type);
  if (!registry) expect(`${name}, in a deployment with registry`, !fromRegistry, all.on, request);
}

// The schemas' own examples.
for (const type of new Set(requests.map(({ request }) => request.pipeline_type))) {
  for (const setting of ["on", "off"]) {
    for (const example of one(type, setting).schema.examples) {
      expect(`example in the schema of ${type}, --registry ${setting}`, true, one(type, setting), example);
    }
  }
}

// Plainly wrong.
const wrong = { pipeline_type: ["byom", 5, null], model_name: ["a b", "", {}], inference_instance: ["m5.large", true, [], {}] };
wrong.model_package_name = ["arn:aws:sagemaker:us-east-1:123456789012:model-package-group/g", "g/1"];
wrong.kms_key_arn = ["alias/key", "arn:aws:kms:us-east-1:123456789012:alias/key"];
wrong.subnet_ids = ["subnet-x", ["subnet-x"], [], ["subnet-0123456789abcdef0", "subnet-0123456789abcdef0"]];
wrong.environment_variables = [{ "1A": "x" }, { A: { b: 1 } }, {}, "A=1"];
wrong.update_strategy = ["Canary", "blue_green"];
wrong.data_capture_location = ["s3://", "UPPER/x", { dev: "UPPER/x" }];
for (const { name, registry, request } of requests) {
  const known = one(request.pipeline_type, registry ? "on" : "off").schema.properties;
  for (const [key, values] of Object.entries(wrong).filter(([key]) => key in known)) {
    for (const value of values) expect(`${name}, wrong ${key}`, false, all.off, { ...request, [key]: value });
  }
  for (const key of Object.keys(request)) {
    const { [key]: _, ...rest } = request;
    const needed = one(request.pipeline_type, registry ? "on" : "off");
    if (needed.schema.examples[0][key] === undefined) continue;
    expect(`${name}, without ${key}`, false, needed, rest);
    expect(`${name}, ${key} is null`, false, needed, { ...request, [key]: null });
    expect(`${name}, ${key} is blank`, false, needed, { ...request, [key]: "  " });
  }
}

// Keys that ask something of each other.
const ofEndpoints = ({ name, request }) =>
  /^[a-z_]+$/.test(name) && "update_strategy" in one(request.pipeline_type, "off").schema.properties;
for (const { name, request } of requests.filter(ofEndpoints)) {
  expect(`${name}, subnets alone`, false, all.off, { ...request, subnet_ids: ["subnet-0123456789abcdef0"] });
  expect(`${name}, canary of one`, false, all.off, { ...request, update_strategy: "canary" });
  expect(`${name}, canary of one, written out`, false, all.off, { ...request, update_strategy: "canary", instance_count: 1 });
  expect(`${name}, canary of two`, true, all.off, { ...request, update_strategy: "canary", instance_count: 2 });
  expect(`${name}, steps of a canary`, false, all.off, { ...request, update_strategy: "canary", instance_count: 2, update_linear_step_percent: 10 });
}

// Every place inside of a value that is an object or an array, with what replaces its value.
function* places(value, replace) {
  if (value === null || typeof value !== "object") return;
  for (const [key, inner] of Object.entries(value)) {
    const put = (changed) => replace(Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed });
    yield [inner, put];
    yield* places(inner, put);
  }
}

// Config files with several requests: what the schema says of them, and what our validation does.
const several = requests.filter(({ name, registry }) => !registry && !name.endsWith(".multi")).map(({ request }) => request);
const ofTypes = new Map(several.map((request) => [request.pipeline_type, request]));
const pipelines = [...ofTypes.values()].filter(({ pipeline_type: type }) => !/model_cards?$/.test(type)).slice(0, 3);
const card = { pipeline_type: "list_model_cards" };
const files = [
  [true, { pipelines: [] }],
  [true, { $schema: "x", pipelines, prune: true, pruneLimit: 2 }],
  [true, { pipelines, prune: " True ", pruneLimit: "2" }],
  [true, { pipelines, prune: "false" }],
  [false, {}],
  [false, { pipelines: {} }],
  [false, { pipelines: [1] }],
  [false, { pipelines: [card] }],
  [false, { pipelines: [{ ...pipelines[0], pipeline_type: "x" }] }],
  [false, { pipelines, prune: 1 }],
  [false, { pipelines, prune: "yes" }],
  [false, { pipelines, pruneLimit: 1 }],
  [false, { pipelines, prune: false, pruneLimit: 1 }],
  [false, { pipelines, prune: "false", pruneLimit: 1 }],
  [false, { pipelines, prune: true, pruneLimit: -1 }],
  [false, { pipelines, prune: true, pruneLimit: 2147483648 }],
  [false, { pipelines, prun: true }],
  [false, { ...pipelines[0], pipelines }],
];
for (const [wanted, file] of files) {
  expect("config file", wanted, all.off, file);
  expect("config file --strict", wanted, strict, file);
}
expect("config file --strict, with a mistyped key", false, strict, { pipelines: [{ ...pipelines[0], endpoint_nam: "x" }] });
expect("config file, with an unknown key", true, all.off, { pipelines: [{ ...pipelines[0], comment: "x" }] });

// Anything in the place of any value: what our validation takes, the schema takes.
const folder = mkdtempSync(join(tmpdir(), "mlops-requests-"));
try {
  const tried = new Map();
  const attempt = (changed) => {
    const file = join(folder, `${tried.size}.json`);
    writeFileSync(file, JSON.stringify(changed));
    tried.set(file, JSON.parse(JSON.stringify(changed)));
  };
  for (const { request } of requests.filter(({ name, registry }) => !registry && !name.endsWith(".multi"))) {
    const keys = Object.keys(one(request.pipeline_type, "off").schema.properties);
    for (const key of keys.filter((key) => key !== "pipeline_type")) {
      const given = request[key] ?? one(request.pipeline_type, "off").schema.properties[key].examples?.[0] ?? "x";
      const near = [given, ` ${given} `, `s3://${given}`, `${given}/`, String(given).toUpperCase(), `${given}\n`, Number(given)];
      for (const value of [null, "", " ", 0, 1, 2.5, true, "true", "False", {}, [], { dev: given }, "x", "1", ...near]) {
        attempt({ ...request, [key]: value });
      }
    }
    for (const [inner, put] of places(request, (changed) => changed)) {
      if (put(inner) === request || request.pipeline_type === inner) continue;
      for (const value of [null, "", " ", 0, 1, 2.5, "2.5", true, {}, [], ["x"], { x: 1 }, "x", ` ${inner} `]) attempt(put(value));
    }
  }
  const ours = files.map(([wanted, file], index) => {
    const name = join(folder, `file-${index}.json`);
    writeFileSync(name, JSON.stringify(file));
    return [wanted, name, file];
  });
  run("validate", ...ours.map(([, name]) => name)).files.forEach(({ valid }, index) => {
    const [wanted, , file] = ours[index];
    if (valid !== wanted) problems.push(`mlops validate ${valid ? "takes" : "refuses"} the config file ${JSON.stringify(file)}`);
  });
  const verdicts = run("validate", ...tried.keys());
  const taken = verdicts.files.filter(({ valid }) => valid);
  if (taken.length < requests.length) problems.push(`only ${taken.length} of ${tried.size} altered requests are valid`);
  for (const { file } of taken) expect("mlops validate takes it", true, all.off, tried.get(file));
  console.log(`${tried.size} altered requests, ${taken.length} of them valid`);
} finally {
  rmSync(folder, { recursive: true });
}

for (const problem of problems.slice(0, 20)) console.error(problem.length > 1500 ? `${problem.slice(0, 1500)} …` : problem);
if (problems.length > 20) console.error(`and ${problems.length - 20} more`);
process.exit(problems.length > 0 ? 1 : 0);
