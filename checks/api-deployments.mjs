// A deployment of API Gateway is a snapshot that CloudFormation takes once. Its logical id must therefore change with
// what it is a snapshot of, or a changed method never reaches a caller: the id ends with a hash of those resources.
import { createHash } from "node:crypto";
import { readTemplate } from "./templates.mjs";

const snapshotTypes = ["GatewayResponse", "Method", "Model", "RequestValidator", "Resource"].map((type) => `AWS::ApiGateway::${type}`);

// What is computed at deployment (a role, an id) is the same for the life of a stack; only what is written counts.
function hashOf(resources, apiId) {
  const snapshot = Object.entries(resources)
    .filter(([, { Type, Properties }]) => snapshotTypes.includes(Type) && Properties.RestApiId?.Ref === apiId)
    .map(([id, { Properties }]) => [id, Properties])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(snapshot)).digest("hex").slice(0, 8).toUpperCase();
}

let failed = false;
for (const file of process.argv.slice(2)) {
  const { Resources: resources } = readTemplate(file);
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    if (Type !== "AWS::ApiGateway::Deployment") continue;
    const hash = hashOf(resources, Properties.RestApiId.Ref);
    if (id.endsWith(hash)) continue;
    console.error(`${file}: ${id} is an older snapshot of its API. Give it a new logical id that ends with ${hash}, here and where it is referred to.`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
