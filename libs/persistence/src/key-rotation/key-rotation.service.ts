import { Injectable } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';
import { KeyAnnouncementService } from './key-announcement.service';
import { rotationOf } from './key-rotation.policy';
import type { KeyRotation, KeyUse } from './key-rotation.policy';
import { KeyUseRepository } from './key-use.repository';

/** Progress of a rotation of the keys. */
@Injectable()
export class KeyRotationService {
  constructor(
    private readonly announcements: KeyAnnouncementService,
    private readonly uses: KeyUseRepository,
    private readonly keyring: Keyring,
  ) {}

  /** Returns the step of the rotation. `here`: name of this process among the running ones. */
  async state(here: string): Promise<KeyRotation> {
    const used = new Set((await this.uses.findAll()).map(({ keyId }) => keyId));
    const running = await this.announcements.running();
    return rotationOf([{ name: here, keyIds: this.keyring.ids }, ...running], used);
  }

  /** Number of values by key, including removed keys. */
  used(): Promise<KeyUse[]> {
    return this.uses.findAll();
  }

  /** Values that this ring cannot read and that no younger key vouches for. */
  async unreadable(): Promise<KeyUse[]> {
    return (await this.uses.findAll()).filter(({ keyId, vouched }) => !vouched && !this.keyring.has(keyId));
  }
}
