import { Injectable, Provider, Type } from '@nestjs/common';
import { reasonText } from './failure-text';
import type { PresentedCertificate } from './presented-certificate';

/**
 * `off`: not used by this deployment. `remark`: it works, and the operator should know. `warning`: it works for now,
 * and must be fixed. `failing`: it does not work.
 */
export type FindingState = 'off' | 'well' | 'remark' | 'warning' | 'failing';

/** State of one dependency or resource of the deployment. */
export interface Finding {
  state: FindingState;
  /** A sentence without secrets. */
  text: string;
  /** Action for the operator. */
  advice?: string;
  /** Response time, milliseconds. */
  latencyMs?: number;
}

/**
 * Values of a finding beside its sentence, by subject. A library adds its own:
 *
 * ```ts
 * declare module '@portillon/kernel' {
 *   interface FindingValues { coupons: { spent: number } }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- libraries add the members
export interface FindingValues {}

/** A finding with the values of its subject. */
export interface FindingOf<Subject extends keyof FindingValues> extends Finding {
  values: FindingValues[Subject];
}

/** Checks one dependency or resource; the library that owns it registers the source (`registerFindings`). */
export interface FindingSource {
  readonly subject: string;
  /** For pages and probes, which call it every few seconds. */
  find?(): Promise<Finding>;
  /** For `portillon doctor`, which may take longer. Default: `find`. */
  check?(): Promise<Finding[]>;
  /** Certificates that the servers of the dependency present now. */
  certificates?(): Promise<PresentedCertificate[]>;
}

/** Finding for a setting that is not set. */
export const NOT_SET: Finding = { state: 'off', text: 'off: not set' };

/** `unseen`: its source failed, possibly for a reason that another finding names. */
export interface Examined extends Finding {
  subject: string;
  unseen?: true;
}

/** Findings of the libraries about the state of the deployment. */
@Injectable()
export class FindingRegistry {
  readonly #sources = new Map<string, FindingSource>();

  /** Adds a source. @throws Error when another library has registered its subject */
  register(source: FindingSource): void {
    const known = this.#sources.get(source.subject) ?? source;
    if (known.constructor !== source.constructor)
      throw new Error(`Two libraries report on "${source.subject}"`);
    this.#sources.set(source.subject, source);
  }

  /** Returns the current finding. @throws Error when its source fails, or no module registered one */
  find<Subject extends keyof FindingValues>(subject: Subject): Promise<FindingOf<Subject>>;
  find(subject: string): Promise<Finding>;
  async find(subject: string): Promise<Finding> {
    const source = this.#sources.get(subject);
    if (!source?.find) throw new Error(`No library reports on "${subject}"`);
    return source.find();
  }

  /** Returns the findings of these subjects, in their order. Default: every subject. */
  async check(subjects = [...this.#sources.keys()].sort()): Promise<Examined[]> {
    const sources = subjects.flatMap((subject) => this.#sources.get(subject) ?? []);
    return (await Promise.all(sources.map(examined))).flat();
  }

  /** Certificates that the servers of all dependencies present now. A server without an answer is missing. */
  async certificates(): Promise<PresentedCertificate[]> {
    const looks = [...this.#sources.values()].map(async (source) => (await source.certificates?.()) ?? []);
    return (await Promise.allSettled(looks)).flatMap((look) =>
      look.status === 'fulfilled' ? look.value : [],
    );
  }
}

async function examined(source: FindingSource): Promise<Examined[]> {
  const { subject } = source;
  try {
    const all = source.check ? await source.check() : [await source.find!()];
    return all.map(({ state, text, advice }) => ({ subject, state, text, advice }));
  } catch (error) {
    return [{ subject, state: 'failing', text: `cannot be checked (${reasonText(error)})`, unseen: true }];
  }
}

/** Provides these sources and registers them, for the `providers` of a module. Needs `KernelModule`. */
export function registerFindings(...sources: Type<FindingSource>[]): Provider[] {
  const registered = {
    provide: Symbol('registered findings'),
    inject: [FindingRegistry, ...sources],
    useFactory: (registry: FindingRegistry, ...all: FindingSource[]) =>
      all.forEach((one) => registry.register(one)),
  };
  return [...sources, registered];
}
