import { Injectable } from '@nestjs/common';
import { Finding, FindingOf, FindingSource, Keyring } from '@portillon/kernel';
import { conflictText } from './key-rotation.policy';
import { KeyAnnouncementService } from './key-announcement.service';
import { KeyRotationService } from './key-rotation.service';

declare module '@portillon/kernel' {
  interface FindingValues {
    /** Keys that this instance lacks: those of another instance, or of encrypted mobile numbers. */
    keys: { missingKeys: string[] };
  }
}

/** Checks that the keys fit those of the running processes and can read the stored values. */
@Injectable()
export class KeyFindings implements FindingSource {
  readonly subject = 'keys';

  constructor(
    private readonly announcements: KeyAnnouncementService,
    private readonly rotation: KeyRotationService,
    private readonly keyring: Keyring,
  ) {}

  async find(): Promise<FindingOf<'keys'>> {
    const conflict = await this.announcements.conflict();
    const lacking = conflict?.kind === 'lacking' ? [conflict.keyId] : [];
    const missingKeys = [...new Set([...lacking, ...this.keyring.missing])];
    const values = { missingKeys };
    if (conflict) return { state: 'failing', text: `SECRET_KEYS ${conflictText(conflict)}`, values };
    if (missingKeys.length === 0) return { state: 'well', text: this.#ring(), values };
    return { state: 'failing', text: `SECRET_KEYS lacks ${missingKeys.join(', ')}`, values };
  }

  async check(): Promise<Finding[]> {
    const found = await this.find();
    if (found.state === 'failing') return [found];
    const unreadable = await this.rotation.unreadable();
    if (unreadable.length === 0) {
      const running = (await this.announcements.running()).length;
      return [{ ...found, text: `${found.text}; ${running} running instance(s) can read it` }];
    }
    const things = unreadable.map(({ keyId, what, rows }) => `${rows} ${what} of ${keyId}`).join(', ');
    const advice = 'add the key, or have these entered again';
    return [{ state: 'failing', text: `SECRET_KEYS cannot read ${things}`, advice }];
  }

  #ring(): string {
    const [first, ...others] = this.keyring.ids;
    return `${first} makes${others.length === 0 ? '' : `; ${others.join(', ')} read`}`;
  }
}
