// cdk-nag's AwsSolutions rules over each template. A finding that stays is explained beside its resource, in
// Metadata: {cdk_nag: {rules_to_suppress: [{id, reason}]}}; an explanation that explains nothing any more is a failure, too.
import { basename, dirname } from "node:path";
import { App, CfnResource, Stack } from "aws-cdk-lib";
import { CfnInclude } from "aws-cdk-lib/cloudformation-include";
import { AwsSolutionsChecks } from "cdk-nag";

function findingsOf(app) {
  return new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ id: ruleName, description, resource: basename(constructPath) })),
    );
}

function explanationsOf(template) {
  return template.node.children
    .filter(CfnResource.isCfnResource)
    .flatMap((resource) =>
      (resource.cfnOptions.metadata?.cdk_nag?.rules_to_suppress ?? []).map(({ id, reason }) => ({
        id,
        reason,
        resource: resource.node.id,
      })),
    );
}

// "AwsSolutions-IAM5" explains every finding of the rule at its resource, "AwsSolutions-IAM5[Resource::*]" only that one.
const explains = (explanation, finding) =>
  explanation.resource === finding.resource &&
  (explanation.id === finding.id || explanation.id === finding.id.replace(/\[.*$/s, ""));

let failed = false;
for (const file of process.argv.slice(2)) {
  const app = new App();
  const stack = new Stack(app, basename(dirname(file)));
  const template = new CfnInclude(stack, "template", { templateFile: file });
  const findings = findingsOf(app);
  const explanations = explanationsOf(template);

  const complaints = [
    ...findings
      .filter((finding) => !explanations.some((explanation) => explains(explanation, finding)))
      .map(({ resource, id, description }) => `${resource}: ${id} ${description}`),
    ...explanations
      .filter((explanation) => !findings.some((finding) => explains(explanation, finding)))
      .map(({ resource, id }) => `${resource}: ${id} is explained, but there is no such finding. Remove the explanation.`),
    ...explanations
      .filter(({ reason }) => !reason?.trim())
      .map(({ resource, id }) => `${resource}: ${id} is suppressed without a reason.`),
  ];
  for (const complaint of complaints) {
    console.error(`${file}: ${complaint}`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
