// What the inference API sends to the model, for what a client sends to it: the request mapping of every method that
// takes a payload is run with a Velocity engine, as API Gateway would.
import { readTemplate } from "./templates.mjs";
import velocity from "velocityjs";

const cases = [
  ["a CSV row goes as it is", '{"payload": "1.0,2.5,-3", "content_type": "text/csv"}', "1.0,2.5,-3"],
  ["several rows keep their line breaks", '{"payload": "1,2\\n3,4\\n", "content_type": "text/csv"}', "1,2\n3,4\n"],
  ["text keeps its quotes and backslashes", '{"payload": "say \\"hi\\" \\\\ ü $x #if", "content_type": "text/plain"}', 'say "hi" \\ ü $x #if'],
  ["JSON in a string goes as that JSON", '{"payload": "{\\"instances\\": [1]}", "content_type": "application/json"}', '{"instances": [1]}'],
  ["an empty string goes as nothing", '{"payload": "", "content_type": "text/csv"}', ""],
  ["an object goes as JSON text", '{"payload": {"instances": [[1, 2]]}, "content_type": "application/json"}', '{"instances":[[1,2]]}'],
  ["an array goes as JSON text", '{"payload": [1, "a", null], "content_type": "application/json"}', '[1,"a",null]'],
  ["a number goes as JSON text", '{"payload": 4.5, "content_type": "application/json"}', "4.5"],
  ["true goes as JSON text", '{"payload": true, "content_type": "application/json"}', "true"],
  ["null goes as JSON text", '{"payload": null, "content_type": "application/json"}', "null"],
];

// Only $.name is needed of JSONPath. $input.json gives JSON text, $input.path the value.
const inputOf = (body) => ({
  path: (path) => JSON.parse(body)[path.slice(2)],
  json: (path) => JSON.stringify(JSON.parse(body)[path.slice(2)]),
});

let failed = false;
for (const file of process.argv.slice(2)) {
  const mappings = Object.values(readTemplate(file).Resources)
    .map(({ Type, Properties }) => Type === "AWS::ApiGateway::Method" && Properties.Integration?.RequestTemplates?.["application/json"])
    .filter((mapping) => mapping && mapping.includes("$.payload"));
  for (const mapping of mappings) {
    for (const [name, body, expected] of cases) {
      const sent = velocity.render(mapping, { input: inputOf(body) });
      if (sent === expected) continue;
      console.error(`${file}: ${name}: for ${body} the model gets ${JSON.stringify(sent)} instead of ${JSON.stringify(expected)}.`);
      failed = true;
    }
  }
}
process.exit(failed ? 1 : 0);
