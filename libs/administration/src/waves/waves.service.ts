import { Injectable } from '@nestjs/common';
import { InvitationWaveService } from '@portillon/account';
import type { InvitationWave, WaveDraft, WaveFigures } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { StructureService } from '@portillon/structure';
import { ActJournalService } from '@portillon/user-management';
import type { Administrator, JournalAct } from '@portillon/user-management';
import type { EntityManager } from 'typeorm';

/** A structure by name; null: the accounts without one. */
interface OfStructure {
  structureId: string | null;
  name: string | null;
}

export type EligibleStructure = OfStructure & { people: number };

/** A wave with its figures. */
export interface WaveProgress {
  wave: InvitationWave;
  figures: WaveFigures;
}

/** An act on a wave by an administrator, with its journal event. */
const ACTS = {
  pause: 'invitation_wave_paused',
  resume: 'invitation_wave_resumed',
  remind: 'invitation_wave_reminded',
  end: 'invitation_wave_ended',
} as const;
export type WaveAct = keyof typeof ACTS;

/** Waves of invitations, as national administrators create and steer them. `WaveJob` sends. */
@Injectable()
export class WavesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly waves: InvitationWaveService,
    private readonly structures: StructureService,
    private readonly journal: ActJournalService,
  ) {}

  /** Accounts that a wave would invite, by structure, in the order of their names. */
  async preview(includeExpired: boolean): Promise<EligibleStructure[]> {
    return this.#named(await this.waves.countEligible(includeExpired));
  }

  /**
   * Creates a wave of these structures in their order, or of all by name. @throws AppError `wave.empty`,
   * `validation.failed` for days out of their bounds
   */
  async create(
    administrator: Administrator,
    { structureIds, ...draft }: Omit<WaveDraft, 'createdBy' | 'structureIds'> & { structureIds?: string[] },
  ): Promise<WaveProgress> {
    const everyone = async () => (await this.preview(draft.includeExpired)).map((one) => one.structureId);
    const chosen = structureIds ? [...new Set(structureIds)] : await everyone();
    const created = await this.transactions.runOrRollBack(async (tx) => {
      const wave = { ...draft, createdBy: administrator.actor.id, structureIds: chosen };
      const made = await this.waves.create(wave, tx);
      const data = made && {
        wave: made.id,
        waveName: draft.name,
        people: made.people,
        perHour: draft.perHour,
      };
      if (data) await this.journal.record(administrator, { name: 'invitation_wave_started', data }, tx);
      return made;
    });
    if (!created) throw new AppError('wave.empty');
    return this.get(created.id);
  }

  async list(): Promise<WaveProgress[]> {
    const found: WaveProgress[] = [];
    for (const wave of await this.waves.list())
      found.push({ wave, figures: await this.waves.figures(wave.id) });
    return found;
  }

  /** @throws AppError `not-found` */
  async get(id: string): Promise<WaveProgress> {
    const wave = await this.waves.get(id);
    if (!wave) throw new AppError('not-found');
    return { wave, figures: await this.waves.figures(id) };
  }

  /** The figures of each structure, in the order of their names. */
  async structuresOf(id: string): Promise<(OfStructure & WaveFigures)[]> {
    return this.#named(await this.waves.figuresByStructure(id));
  }

  /** @throws AppError `not-found`, `wave.state` */
  async act(administrator: Administrator, id: string, act: WaveAct): Promise<WaveProgress> {
    const { wave } = await this.get(id);
    await this.transactions.run(async (tx) => {
      if (!(await this.#change(id, act, tx))) throw new AppError('wave.state');
      const entry: JournalAct = { name: ACTS[act], data: { wave: id, waveName: wave.name } };
      await this.journal.record(administrator, entry, tx);
    });
    return this.get(id);
  }

  #change(id: string, act: WaveAct, tx: EntityManager): Promise<boolean> {
    return act === 'pause' ? this.waves.pause(id, 'administrator', tx) : this.waves[act](id, tx);
  }

  async #named<One extends { structureId: string | null }>(parts: One[]) {
    const names = await this.structures.names(parts.flatMap(({ structureId }) => structureId ?? []));
    const named = parts.map((one) => ({
      ...one,
      name: (one.structureId && names.get(one.structureId)?.name) || null,
    }));
    return named.sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'fr'));
  }
}
