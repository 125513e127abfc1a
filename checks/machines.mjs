// The state machines of a template as plain Amazon States Language, and what asl-validator says of them. What
// CloudFormation works out is worked out here: a machine comes in several forms, so that each condition that it asks
// holds in one of them and does not in another.
import validate from "asl-validator";
import { readTemplate } from "./templates.mjs";

const type = "AWS::StepFunctions::StateMachine";
const nothing = Symbol("AWS::NoValue");
const pseudo = {
  "AWS::AccountId": "123456789012",
  "AWS::Partition": "aws",
  "AWS::Region": "us-east-1",
  "AWS::StackName": "stack",
  "AWS::URLSuffix": "amazonaws.com",
};

// What a value is does not count here, but its form does: what is called an ARN is one, and any other parameter without a
// default a number, which States.StringToJson reads.
function valueOf(parameters) {
  const isArn = (name) => !(name in parameters) || name.endsWith("Arn");
  return (name) => pseudo[name] || `${parameters[name]?.Default ?? ""}` || (isArn(name) ? `arn:aws:any:us-east-1:123456789012:${name}` : "1");
}

function substitute(text, value, own) {
  return text.replace(/\$\{([^}]+)\}/g, (_, name) => (name.startsWith("!") ? `\${${name.slice(1)}}` : own[name] ?? value(name)));
}

function resolve(node, scope) {
  if (Array.isArray(node)) return node.map((one) => resolve(one, scope)).filter((one) => one !== nothing);
  if (node === null || typeof node !== "object") return node;
  const members = Object.entries(node);
  const [[name, given] = []] = members;
  if (members.length !== 1 || !(name === "Ref" || name.startsWith("Fn::"))) {
    return Object.fromEntries(members.map(([key, value]) => [key, resolve(value, scope)]).filter(([, value]) => value !== nothing));
  }
  switch (name) {
    case "Ref": return given === "AWS::NoValue" ? nothing : scope.value(given);
    case "Fn::GetAtt": return scope.value([given].flat().join("."));
    case "Fn::If": return resolve(given[scope.holds(given[0]) ? 1 : 2], scope);
    case "Fn::Join": return resolve(given[1], scope).join(given[0]);
    case "Fn::Sub": {
      const [text, own] = Array.isArray(given) ? given : [given, {}];
      return substitute(text, scope.value, resolve(own, scope));
    }
    case "Fn::Select": return resolve(given[1], scope)[given[0]] ?? "item";
    case "Fn::Split": return resolve(given[1], scope).split(given[0]);
    default: throw new Error(`${name} in its Definition is not known here; there are Ref and Fn::GetAtt, If, Join, Select, Split, Sub`);
  }
}

function asked(node) {
  if (node === null || typeof node !== "object") return [];
  return [...("Fn::If" in node ? [node["Fn::If"][0]] : []), ...Object.values(node).flatMap(asked)];
}

function forms(definition, value) {
  const conditions = [...new Set(asked(definition))];
  const scopes = [true, false].flatMap((all) => [
    () => all,
    ...conditions.map((odd) => (name) => (name === odd ? !all : all)),
  ]);
  const found = new Map();
  for (const holds of scopes) {
    const form = resolve(definition, { value, holds });
    found.set(JSON.stringify(form), form);
  }
  return [...found.values()];
}

function machinesOf(file) {
  const { Parameters = {}, Resources = {} } = readTemplate(file) ?? {};
  return Object.entries(Resources ?? {})
    .filter(([, resource]) => resource?.Type === type)
    .map(([id, { Properties }]) => ({ id, definition: Properties?.Definition, value: valueOf(Parameters ?? {}) }));
}

function problemsOf({ definition, value }) {
  if (definition === null || typeof definition !== "object") return ["it has no Definition that is an object"];
  try {
    return [...new Set(forms(definition, value).flatMap((form) => validate(form).errors.map(({ Message }) => Message)))];
  } catch (problem) {
    return [problem.message];
  }
}

/** Each machine of a template, with what asl-validator has against it in any of its forms. */
export const inspectMachines = (file) => machinesOf(file).map((machine) => ({ id: machine.id, problems: problemsOf(machine) }));
