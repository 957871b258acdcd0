import { fileURLToPath } from 'node:url';
import { fillFloor } from '../floors/floor-tables.mjs';
import { peopleInTurn } from './people.mjs';
import { ServerProcess } from './server-process.mjs';

const THREADS = '2'; // More than the cores gains nothing for Argon2 and costs 20 MB each (measured: 196 against 173/s).

/** A server with its database and its people: ours, or a floor. */
export class Side {
  constructor(name, ground, { server, url, people }) {
    Object.assign(this, { name, ground, server, url, people });
    this.nextPerson = peopleInTurn(people);
  }

  /** The processes whose processor time is the side's: the server, MariaDB where it uses it, a proxy before it. */
  get pids() {
    const database = this.url?.startsWith('mysql:') ? [this.ground.mariadb.pid] : [];
    return [this.server.pid, ...database, ...(this.proxyPids ?? [])];
  }

  get port() {
    return this.server.port;
  }

  get mailbox() {
    return this.ground.mailbox;
  }
}

/** Starts the floor `floors/<name>.floor.mjs` on the database at `url`, whose tables are there already. */
export async function startFloor(name, ground, { url, people = 1, env = {} }) {
  const server = await ServerProcess.start({
    name: `floor ${name}`,
    args: [fileURLToPath(new URL(`../floors/${name}.floor.mjs`, import.meta.url))],
    env: {
      DATABASE_URL: url,
      SMTP_URL: ground.mailbox.url,
      UV_THREADPOOL_SIZE: THREADS,
      NODE_ENV: 'production',
      ...env,
    },
    port: await ground.freePort(),
    folder: ground.folder,
  });
  return new Side(name, ground, { server, url, people });
}

/** Makes a database of the floors with `people` people: on MariaDB, or in a file of the embedded engine. */
export async function makeFloorDatabase(name, ground, { people, embedded = false }) {
  const url = embedded ? `${ground.folder}/${name}.db` : await ground.mariadb.createDatabase(name);
  await fillFloor(url, people);
  return url;
}
