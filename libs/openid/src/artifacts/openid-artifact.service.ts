import { Injectable } from '@nestjs/common';
import { Clock, epochSeconds, HOUR, SECOND, addMilliseconds } from '@portillon/kernel';
import { createHash } from 'node:crypto';
import type { AdapterPayload } from 'oidc-provider';
import type { EntityManager } from 'typeorm';
import { OpenidArtifactRepository } from './openid-artifact.repository';
import type { OpenidArtifactEntity } from './openid-artifact.repository';

/** Replaces the id inside the payload: JSON always escapes control characters. */
const ID_MARK = '\u0001';
/** An expired interaction still names the application where the person can start again. */
export const KEPT_AFTER_EXPIRY_MS = HOUR;

interface ArtifactWithGrant {
  payload: AdapterPayload;
  grant?: AdapterPayload;
}

/**
 * The data that the protocol stores between two requests. An id is a code or a token, so the database stores only its hash,
 * in the key and in the payload.
 */
@Injectable()
export class OpenidArtifactService {
  constructor(
    private readonly rows: OpenidArtifactRepository,
    private readonly clock: Clock,
  ) {}

  async put(model: string, id: string, payload: AdapterPayload, seconds: number): Promise<void> {
    await this.rows.put(this.#row(model, id, payload, seconds));
  }

  /** Whether this id was never put before: of several callers, one is answered with `true`. */
  add(model: string, id: string, payload: AdapterPayload, seconds: number): Promise<boolean> {
    return this.rows.add({ ...this.#row(model, id, payload, seconds), consumedAt: null });
  }

  async find(model: string, id: string): Promise<AdapterPayload | undefined> {
    return (await this.findWithGrant(model, id))?.payload;
  }

  /** The artifact with its grant, if both stand. One statement. */
  async findWithGrant(model: string, id: string): Promise<ArtifactWithGrant | undefined> {
    const row = await this.rows.find({ ...keyOf(model, id), now: this.clock.now() });
    if (!row) return undefined;
    const { grant, grantId } = row;
    return { payload: payloadOf(row, id), ...(grant && { grant: payloadOf(grant, grantId!) }) };
  }

  /** The artifact, also in the hour after it expired. */
  async findExpiredToo(model: string, id: string): Promise<AdapterPayload | undefined> {
    const row = await this.rows.findExpiredToo(keyOf(model, id));
    return row ? payloadOf(row, id) : undefined;
  }

  consume(model: string, id: string): Promise<boolean> {
    return this.rows.consume(keyOf(model, id), this.clock.now());
  }

  delete(model: string, id: string): Promise<void> {
    return this.rows.delete(keyOf(model, id));
  }

  deleteByGrant(model: string, grantId: string): Promise<void> {
    return this.rows.deleteByGrant(model, grantId);
  }

  /** Ends the grant with all its codes and tokens. One that is issued meanwhile finds the grant ended when it is used. */
  async endGrant(grantId: string, tx?: EntityManager): Promise<void> {
    await this.rows.delete(keyOf('Grant', grantId), tx);
    await this.rows.deleteAllOfGrant(grantId, tx);
  }

  /** Deletes at most `batch` of what expired an hour ago. Returns the number. */
  purge(batch: number): Promise<number> {
    return this.rows.deleteExpiredBefore(addMilliseconds(this.clock.now(), -KEPT_AFTER_EXPIRY_MS), batch);
  }

  #row(model: string, id: string, payload: AdapterPayload, seconds: number) {
    return {
      ...keyOf(model, id),
      // A grant bears its own id, so that it is read with what was issued under it.
      grantId: payload.grantId ?? (model === 'Grant' ? id : null),
      payload: JSON.stringify(payload).replaceAll(id, ID_MARK),
      expiresAt: addMilliseconds(this.clock.now(), seconds * SECOND),
    };
  }
}

function keyOf(model: string, id: string): Pick<OpenidArtifactEntity, 'model' | 'idDigest'> {
  return { model, idDigest: createHash('sha256').update(id).digest('hex') };
}

function payloadOf(
  { payload, consumedAt }: Pick<OpenidArtifactEntity, 'payload' | 'consumedAt'>,
  id: string,
): AdapterPayload {
  const stated = JSON.parse(payload.replaceAll(ID_MARK, id)) as AdapterPayload;
  if (!consumedAt) return stated;
  return { ...stated, consumed: epochSeconds(consumedAt) };
}
