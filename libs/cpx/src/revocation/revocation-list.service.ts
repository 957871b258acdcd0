import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Certificate } from '../certificate/certificate';
import { CPX_OPTIONS } from '../cpx.options';
import type { CpxOptions } from '../cpx.options';
import { isCurrent, isListOf, readRevocationList, RevocationList } from './revocation-list';
import type { RevocationStatus } from './revocation-list';

interface Loaded {
  list: RevocationList;
  /** Authorities whose signature was found good, so that a list of megabytes is checked once and not at each sign-in. */
  signers: Set<Certificate>;
}

interface ListFile {
  path: string;
  /** The content of the file when it was last read. */
  mark: string;
  content: Promise<Loaded | undefined>;
}

/** The revocation lists in files that the operator keeps fresh; read again as soon as one changes. */
@Injectable()
export class RevocationListService {
  readonly #logger = new Logger('CardVerifier');
  readonly #files: ListFile[];

  constructor(
    @Inject(CPX_OPTIONS) { revocationListFiles }: CpxOptions,
    private readonly clock: Clock,
  ) {
    this.#files = revocationListFiles.map((path) => ({
      path,
      mark: '',
      content: Promise.resolve(undefined),
    }));
  }

  /** Whether this deployment uses lists. */
  get used(): boolean {
    return this.#files.length > 0;
  }

  /** Fails closed: without a current list signed by `authority` itself, nothing is known. */
  async status(certificate: Certificate, authority: Certificate): Promise<RevocationStatus> {
    const lists = await this.#goodOf(authority);
    if (lists.length === 0) return 'unknown';
    return lists.some(({ serials }) => serials.has(certificate.serial)) ? 'revoked' : 'good';
  }

  /** Whether a list in this authority's name is among the files at all. */
  async covers(authority: Certificate): Promise<boolean> {
    return (await this.#lists()).some(({ list }) => list.issuerDer.equals(authority.subjectDer));
  }

  /** The valid list of this authority with the latest expiry; undefined when none is valid. */
  async longest(authority: Certificate): Promise<RevocationList | undefined> {
    const lists = await this.#goodOf(authority);
    return lists.sort((one, other) => other.nextUpdate!.getTime() - one.nextUpdate!.getTime())[0];
  }

  async #goodOf(authority: Certificate): Promise<RevocationList[]> {
    const now = this.clock.now();
    const good = (await this.#lists()).filter((one) => isGood(one, authority, now));
    return good.map(({ list }) => list);
  }

  async #lists(): Promise<Loaded[]> {
    const contents = await Promise.all(this.#files.map((file) => this.#current(file)));
    return contents.filter((one) => one !== undefined);
  }

  #current(file: ListFile): Promise<Loaded | undefined> {
    const mark = markOf(file.path);
    if (mark !== file.mark) {
      file.mark = mark;
      file.content = this.#read(file.path);
    }
    return file.content;
  }

  /** Gone or half written: no list, until the file changes again. */
  async #read(path: string): Promise<Loaded | undefined> {
    try {
      return { list: readRevocationList(await readFile(path)), signers: new Set() };
    } catch (error) {
      this.#logger.warn(`the revocation list ${path} cannot be read: ${(error as Error).message}`);
      return undefined;
    }
  }
}

function isGood({ list, signers }: Loaded, authority: Certificate, now: Date): boolean {
  if (!isCurrent(list, now)) return false;
  if (!signers.has(authority) && isListOf(list, authority)) signers.add(authority);
  return signers.has(authority);
}

/** At once: it is one call on a file at hand. */
function markOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'missing';
  }
}
