import { Inject, Injectable, Optional } from '@nestjs/common';
import { Finding, FindingSource, MINUTE, NOT_SET } from '@portillon/kernel';
import { AUDIT_OPTIONS, type AuditOptions } from '../audit.options';
import { AuditStreamStateService } from './audit-stream-state.service';

/** The collector normally has a sealed line within seconds. */
const LATE_MS = 5 * MINUTE;

/** Checks that the journal reaches its collector. */
@Injectable()
export class AuditStreamFindings implements FindingSource {
  readonly subject = 'stream';

  constructor(
    private readonly stream: AuditStreamStateService,
    @Optional() @Inject(AUDIT_OPTIONS) private readonly options: AuditOptions = {},
  ) {}

  async find(): Promise<Finding> {
    if (!this.options.stream) return NOT_SET;
    const waitingMs = await this.stream.waitingMs();
    if (waitingMs <= LATE_MS) return { state: 'well', text: 'the collector has the whole journal' };
    const text = `the journal has waited for its collector for ${Math.round(waitingMs / MINUTE)} minutes`;
    const advice = 'check AUDIT_STREAM, the collector, and the log of the server';
    return { state: 'failing', text, advice };
  }
}
