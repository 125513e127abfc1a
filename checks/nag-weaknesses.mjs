// Whether the check over the program can fail: the template is weakened in one place at a time, and each time the rule
// that is there for it has to find it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "./nag-findings.mjs";

const each = (type, weaken) => (template) => {
  const resources = Object.values(template.Resources).filter((resource) => resource.Type === type);
  if (resources.length === 0) throw new Error(`the template has no ${type}`);
  resources.forEach(({ Properties }) => weaken(Properties));
};
const withoutDenials = (property) => (properties) => {
  const document = properties[property];
  document.Statement = document.Statement.filter(({ Effect }) => Effect !== "Deny");
};

const both = (one, other) => (template) => {
  one(template);
  other(template);
};
const count = (template, rule) => inspect(template).findings.filter(({ id }) => id === rule || id.startsWith(`${rule}[`)).length;

const weaknesses = [
  // Without any block at all the rule is content: S3 closes new buckets itself. That ours say it is in OrchestratorStackSecurityTests.
  ["a bucket that may be opened", "AwsSolutions-S2", each("AWS::S3::Bucket", (bucket) => (bucket.PublicAccessBlockConfiguration.BlockPublicPolicy = false))],
  ["a bucket without an access log", "AwsSolutions-S1", each("AWS::S3::Bucket", (bucket) => delete bucket.LoggingConfiguration)],
  ["a bucket that answers plain HTTP", "AwsSolutions-S10", each("AWS::S3::BucketPolicy", withoutDenials("PolicyDocument"))],
  ["a topic without a key that answers plain HTTP", "AwsSolutions-SNS3", both(
    each("AWS::SNS::Topic", (topic) => delete topic.KmsMasterKeyId),
    each("AWS::SNS::TopicPolicy", withoutDenials("PolicyDocument")),
  )],
  ["a queue that answers plain HTTP", "AwsSolutions-SQS4", each("AWS::SQS::QueuePolicy", withoutDenials("PolicyDocument"))],
  ["a key that is never renewed", "AwsSolutions-KMS5", each("AWS::KMS::Key", (key) => delete key.EnableKeyRotation)],
  ["a stage without an access log", "AwsSolutions-APIG1", each("AWS::ApiGateway::Stage", (stage) => delete stage.AccessLogSetting)],
  ["methods without a log", "AwsSolutions-APIG6", each("AWS::ApiGateway::Stage", (stage) => delete stage.MethodSettings)],
  ["an old runtime", "AwsSolutions-L1", each("AWS::Lambda::Function", (lambda) => (lambda.Runtime = "dotnet6"))],
  ["a policy of AWS's", "AwsSolutions-IAM4", each("AWS::IAM::Role", (role) => (role.ManagedPolicyArns = ["arn:aws:iam::aws:policy/AdministratorAccess"]))],
  ["any action", "AwsSolutions-IAM5[Action::s3:*]", each("AWS::IAM::Role", (role) => (role.Policies[0].PolicyDocument.Statement[0].Action = "s3:*"))],
];

const [file] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "mlops-nag-"));
let failed = false;
try {
  for (const [name, rule, weaken] of weaknesses) {
    const template = JSON.parse(readFileSync(file, "utf8"));
    weaken(template);
    const weak = join(folder, "template.json");
    writeFileSync(weak, JSON.stringify(template));
    if (count(weak, rule) > count(file, rule)) continue;
    console.error(`${file}: ${name} is not found by ${rule}.`);
    failed = true;
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(failed ? 1 : 0);
