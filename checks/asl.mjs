// asl-validator (the specification of Amazon States Language) over every state machine of each template:
//   node asl.mjs TEMPLATE…
import { inspectMachines } from "./machines.mjs";

const machines = process.argv.slice(2).flatMap((file) => inspectMachines(file).map((machine) => ({ file, ...machine })));
const messages = machines.flatMap(({ file, id, problems }) => problems.map((problem) => `${file}: ${id}: ${problem}`));
messages.forEach((message) => console.error(message));
if (messages.length === 0) console.log(`${machines.length} state machines`);
process.exit(messages.length > 0 ? 1 : 0);
