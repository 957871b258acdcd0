import { Injectable } from '@nestjs/common';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { PendingSignInService } from './pending-sign-in/pending-sign-in.service';
import { SessionRepository } from './session/session.repository';
import type { KeptSession } from './session/session.repository';
import { SessionService } from './session/session.service';
import { TrustedDeviceRepository } from './trusted-device/trusted-device.repository';
import type { KeptDevice } from './trusted-device/trusted-device.repository';
import { TrustedDeviceService } from './trusted-device/trusted-device.service';

declare module '@portillon/persistence' {
  interface PersonalRecords {
    /** Newest first. */
    sessions: KeptSession[];
    /** Most recently used first. */
    browsers: KeptDevice[];
  }
}

@Injectable()
export class SessionPersonalData implements PersonalDataSource {
  constructor(
    private readonly rows: SessionRepository,
    private readonly devices: TrustedDeviceRepository,
    private readonly pendingSignIns: PendingSignInService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly sessions: SessionService,
  ) {}

  async export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    return { sessions: await this.rows.findAllOf(id), browsers: await this.devices.findAllOf(id) };
  }

  async erase({ id }: DataSubject, tx: EntityManager): Promise<void> {
    await this.pendingSignIns.erase(id, tx);
    await this.trustedDevices.erase(id, tx);
    await this.sessions.erase(id, tx);
  }
}
