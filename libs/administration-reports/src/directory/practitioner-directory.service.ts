import { Inject, Injectable } from '@nestjs/common';
import type { DirectoryState } from '@portillon/account';
import { SECOND } from '@portillon/kernel';
import { OutboundService } from '@portillon/outbound';
import { DIRECTORY_OPTIONS } from './directory.options';
import type { DirectoryOptions } from './directory.options';
import { RPPS_SYSTEM, rppsOf, stateIn } from './practitioner-bundle';

const TIMEOUT_MS = 5 * SECOND;

/** The directory's answer about a national id, or the reason for a missing answer. */
export type DirectoryAnswer = { state: DirectoryState } | { failure: string };

/** The Annuaire Santé of the Agence du Numérique en Santé, asked by FHIR R4 for one practitioner at a time. */
@Injectable()
export class PractitionerDirectoryService {
  constructor(
    private readonly outbound: OutboundService,
    @Inject(DIRECTORY_OPTIONS) private readonly options: DirectoryOptions,
  ) {}

  get isOffered(): boolean {
    return this.options.annuaire !== null;
  }

  /** Never throws for faults of the directory. Sends no request for an id that the directory cannot know. */
  async lookUp(nationalId: string): Promise<DirectoryAnswer> {
    const rpps = rppsOf(nationalId);
    if (rpps === undefined) return { state: 'unknown' };
    return this.options.annuaire ? this.#ask(this.options.annuaire, rpps) : { failure: 'not-configured' };
  }

  async #ask({ url, key }: { url: string; key: string }, rpps: string): Promise<DirectoryAnswer> {
    const address = `${url}/Practitioner?identifier=${encodeURIComponent(`${RPPS_SYSTEM}|${rpps}`)}`;
    const headers = { 'esante-api-key': key, accept: 'application/fhir+json', 'user-agent': 'Portillon' };
    const answer = await this.outbound.send(address, { method: 'GET', headers, timeoutMs: TIMEOUT_MS });
    if (answer.outcome === 'failed') return { failure: answer.reason };
    if (answer.status !== 200) return { failure: `status ${answer.status}` };
    const state = stateIn(answer.body, rpps);
    return state ? { state } : { failure: 'unexpected-answer' };
  }
}
