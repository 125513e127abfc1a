// What cdk-nag's AwsSolutions rules find in a template, and what the template says of findings itself.
import { basename } from "node:path";
import { App, CfnResource, Stack } from "aws-cdk-lib";
import { CfnInclude } from "aws-cdk-lib/cloudformation-include";
import { AwsSolutionsChecks } from "cdk-nag";

export function inspect(templateFile) {
  const app = new App();
  const stack = new Stack(app, "blueprint");
  const template = new CfnInclude(stack, "template", { templateFile });
  const findings = new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ id: ruleName, description, resource: basename(constructPath) })),
    );
  const explanations = template.node.children
    .filter(CfnResource.isCfnResource)
    .flatMap((resource) =>
      (resource.cfnOptions.metadata?.cdk_nag?.rules_to_suppress ?? []).map(({ id, reason }) => ({
        id,
        reason,
        resource: resource.node.id,
      })),
    );
  return { findings, explanations };
}
