import { Injectable } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';
import { KeyAnnouncementService } from './key-announcement.service';
import { rotationOf } from './key-rotation.policy';
import type { KeyRotation, KeyUse } from './key-rotation.types';
import { KeyUseRepository } from './key-use.repository';

/** How far a rotation of the keys is. */
@Injectable()
export class KeyRotationService {
  constructor(
    private readonly announcements: KeyAnnouncementService,
    private readonly uses: KeyUseRepository,
    private readonly keyring: Keyring,
  ) {}

  /** `here`: what the ring of this process is called among those that run. */
  async state(here: string): Promise<KeyRotation> {
    const used = new Set((await this.uses.findAll()).map(({ keyId }) => keyId));
    const running = await this.announcements.running();
    return rotationOf([{ name: here, keyIds: this.keyring.ids }, ...running], used);
  }

  /** What each key has made, also one that left the ring. */
  used(): Promise<KeyUse[]> {
    return this.uses.findAll();
  }

  /** What nothing here can read: its key is not in the ring, and no younger one vouches for it. */
  async unreadable(): Promise<KeyUse[]> {
    return (await this.uses.findAll()).filter(({ keyId, vouched }) => !vouched && !this.keyring.has(keyId));
  }
}
