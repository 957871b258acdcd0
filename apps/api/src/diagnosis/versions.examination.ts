import { DatabaseHealthService } from '@portillon/persistence';
import { doubtful, Finding } from './finding';

/** The oldest releases that the tests run on: those of Debian 12, and MySQL's long-term release. */
const OLDEST = { MariaDB: [10, 11], MySQL: [8, 4], Debian: [12, 0] } as const;

/**
 * Warns of a database server or a Debian older than the tests run on; nothing to say of others.
 * `osRelease`: the text of /etc/os-release, empty where there is none.
 */
export async function examineVersions(
  database: Pick<DatabaseHealthService, 'version'>,
  osRelease: string,
): Promise<Finding[]> {
  const server = await database.version();
  const debian = /^ID=debian$/m.test(osRelease) && /^VERSION_ID="?([\d.]+)/m.exec(osRelease)?.[1];
  return [
    ...(server ? older(/mariadb/i.test(server) ? 'MariaDB' : 'MySQL', server) : []),
    ...(debian ? older('Debian', debian) : []),
  ];
}

function older(name: keyof typeof OLDEST, version: string): Finding[] {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [oldestMajor, oldestMinor] = OLDEST[name];
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return [];
  const tried = name === 'Debian' ? oldestMajor : OLDEST[name].join('.');
  return [doubtful('versions', `${name} ${version} is older than ${tried}, the oldest tested`, 'upgrade it')];
}
