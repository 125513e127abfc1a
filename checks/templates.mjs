// Reads a CloudFormation template with the short forms of its functions as the long ones: !Ref x → {Ref: x}.
import { readFileSync } from "node:fs";
import { parse } from "yaml";

const functions = ["And", "Base64", "Equals", "FindInMap", "GetAtt", "If", "Join", "Not", "Or", "Select", "Split", "Sub"];

const longForm = (name) => [
  { tag: `!${name.replace("Fn::", "")}`, resolve: (text) => ({ [name]: text }) },
  ...["seq", "map"].map((collection) => ({
    tag: `!${name.replace("Fn::", "")}`,
    collection,
    resolve: (node) => ({ [name]: node.toJSON() }),
  })),
];

const customTags = ["Ref", "Condition", ...functions.map((name) => `Fn::${name}`)].flatMap(longForm);

export const readTemplate = (file) => parse(readFileSync(file, "utf8"), { customTags });
