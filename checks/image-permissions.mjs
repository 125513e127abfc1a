// Whether the role of a model's containers may pull the very image that the model is made of, and no other: the
// statement is worked out for images of every form, as CloudFormation would.
import { readTemplate } from "./templates.mjs";

const account = "123456789012";
const deployment = `arn:aws:ecr:us-east-1:${account}:repository/mlops-dev-algorithms`;
const pseudo = { "AWS::Partition": "aws", "AWS::Region": "us-east-1", "AWS::AccountId": account };
const repository = (owner, name) => `arn:aws:ecr:us-east-1:${owner}:repository/${name}`;
const of = (ImageUri, ModelPackageName = "") => ({ ImageUri, ModelPackageName, CustomAlgorithmsECRRepoArn: deployment });

const cases = [
  ["an image of AWS's", of("683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"), repository("683313688378", "sagemaker-xgboost")],
  ["one's own, by digest", of(`${account}.dkr.ecr.us-east-1.amazonaws.com/mine@sha256:${"a".repeat(64)}`), repository(account, "mine")],
  ["one's own, by tag and digest", of(`${account}.dkr.ecr.us-east-1.amazonaws.com/team/mine:1@sha256:${"a".repeat(64)}`), repository(account, "team/mine")],
  ["one without a tag", of(`${account}.dkr.ecr.us-east-1.amazonaws.com/team/mine`), repository(account, "team/mine")],
  ["that of a model package, which only the registry knows", of("", `arn:aws:sagemaker:us-east-1:${account}:model-package/group/1`), repository("*", "*")],
];

// The functions that such a statement is written with; any other is an error.
function resolve(node, scope) {
  if (Array.isArray(node)) return node.map((one) => resolve(one, scope));
  if (node === null || typeof node !== "object") return node;
  const [[name, given]] = Object.entries(node);
  if (name === "Condition") return resolve(scope.conditions[given], scope);
  if (name === "Ref") return scope.values[given];
  if (name === "Fn::Sub") {
    const [text, more] = Array.isArray(given) ? given : [given, {}];
    const values = { ...scope.values, ...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, resolve(value, scope)])) };
    return text.replace(/\$\{([^}]+)\}/g, (_, key) => values[key]);
  }
  if (name === "Fn::If") return resolve(given[resolve(scope.conditions[given[0]], scope) ? 1 : 2], scope);
  const parts = resolve(given, scope);
  switch (name) {
    case "Fn::Equals": return parts[0] === parts[1];
    case "Fn::Not": return !parts[0];
    case "Fn::Select": return parts[1][parts[0]];
    case "Fn::Split": return parts[1].split(parts[0]);
    default: throw new Error(`${name} is not known here`);
  }
}

// A policy may be there under a condition only.
const statements = (policy) => policy["Fn::If"]?.slice(1).flatMap(statements) ?? policy.PolicyDocument?.Statement ?? [];

let failed = false;
for (const file of process.argv.slice(2)) {
  const { Resources: resources, Conditions: conditions } = readTemplate(file);
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type !== "AWS::SageMaker::Model") continue;
    const role = resources[Properties.ExecutionRoleArn["Fn::GetAtt"].split(".")[0]].Properties;
    const pulls = role.Policies.flatMap(statements).filter(({ Action }) => Action.includes("ecr:BatchGetImage"));
    for (const [name, values, expected] of cases) {
      const scope = { conditions, values: { ...values, ...pseudo } };
      const allowed = pulls.flatMap(({ Resource }) => resolve(Resource, scope)).filter((arn) => arn !== deployment);
      if (JSON.stringify(allowed) === JSON.stringify([expected])) continue;
      console.error(`${file}: ${name}: may be pulled from ${JSON.stringify(allowed)} besides the deployment's repository, instead of ${expected}.`);
      failed = true;
    }
  }
}
process.exit(failed ? 1 : 0);
