// Runs on the machine: requests the page and the service's names, each on a new connection, until its standard input ends.
// Prints the number of requests and the failures as JSON.
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

const [origin] = process.argv.slice(-1);
const BETWEEN_MS = 50;
const failures = [];
let requests = 0;
let isOver = false;
process.stdin.on('end', () => (isOver = true)).resume();

async function visit(path) {
  while (!isOver) {
    requests++;
    const answer = await statusOf(path).catch(({ code, message }) => code ?? message);
    if (answer !== 200) failures.push(`${new Date().toISOString()} ${path} ${answer}`);
    await sleep(BETWEEN_MS);
  }
}

function statusOf(path) {
  return new Promise((resolve, reject) => {
    const asked = request(origin + path, { agent: false }, (response) =>
      response.resume().once('end', () => resolve(response.statusCode)),
    );
    asked.once('error', reject).end();
  });
}

await Promise.all(['/', '/api/service'].map(visit));
console.log(JSON.stringify({ requests, failures }));
