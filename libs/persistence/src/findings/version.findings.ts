import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import type { Finding, FindingSource } from '@portillon/kernel';
import { DatabaseHealthRepository } from '../database/database-health.repository';

/** The oldest versions in the tests: those of Debian 12, and MySQL's long-term release. */
const OLDEST = { MariaDB: [10, 11], MySQL: [8, 4], Debian: [12, 0] } as const;

/** Remarks on a database server or a Debian that is older than those in the tests. */
@Injectable()
export class VersionFindings implements FindingSource {
  readonly subject = 'versions';

  constructor(private readonly database: DatabaseHealthRepository) {}

  async check(): Promise<Finding[]> {
    const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
    return olderThanTested(await this.database.version(), osRelease);
  }
}

/** `osRelease`: the text of /etc/os-release, empty where there is none. */
export function olderThanTested(server: string | undefined, osRelease: string): Finding[] {
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
  const text = `${name} ${version} is older than ${tried}, the oldest tested`;
  return [{ state: 'remark', text, advice: 'upgrade it' }];
}
