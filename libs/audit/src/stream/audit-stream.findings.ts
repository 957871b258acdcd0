import { Injectable, Optional } from '@nestjs/common';
import { Finding, FindingSource, MINUTE, NOT_SET } from '@portillon/kernel';
import { AuditStreamService } from './audit-stream.service';

/** The collector normally has a sealed line within seconds. */
const LATE_MS = 5 * MINUTE;

/** Checks that the journal reaches its collector. */
@Injectable()
export class AuditStreamFindings implements FindingSource {
  readonly subject = 'stream';

  /** `stream`: absent without a collector. */
  constructor(@Optional() private readonly stream?: AuditStreamService) {}

  async find(): Promise<Finding> {
    if (!this.stream) return NOT_SET;
    const waitingMs = await this.stream.waitingMs();
    if (waitingMs <= LATE_MS) return { state: 'well', text: 'the collector has the whole journal' };
    const text = `the journal has waited for its collector for ${Math.round(waitingMs / MINUTE)} minutes`;
    const advice = 'check AUDIT_STREAM, the collector, and the log of the server';
    return { state: 'failing', text, advice };
  }
}
