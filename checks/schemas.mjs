// Every manifest against the JSON Schema of manifests: node schemas.mjs SCHEMA MANIFEST…
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const [schemaFile, ...manifests] = process.argv.slice(2);
const schema = read(schemaFile);
const Validator = schema.$schema?.includes("2020-12") ? Ajv2020 : Ajv;
const validate = new Validator({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

let failed = false;
for (const manifest of manifests) {
  if (validate(read(manifest))) continue;
  for (const { instancePath, message, params } of validate.errors) {
    console.error(`${manifest}: ${instancePath || "/"} ${message} ${JSON.stringify(params)}`);
  }
  failed = true;
}
process.exit(failed ? 1 : 0);
