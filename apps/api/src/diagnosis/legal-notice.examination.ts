import type { INestApplicationContext } from '@nestjs/common';
import { LegalNoticeService, missingTexts } from '@portillon/account';
import { doubtful, fine, Finding } from './finding';

/** Whether the texts are there that the law has the operator publish: the service runs without them, and may not open. */
export async function examineLegalNotice(app: INestApplicationContext): Promise<Finding> {
  const missing = missingTexts(await app.get(LegalNoticeService).get());
  if (missing.length === 0) return fine('legal', 'the texts of the law are complete');
  const advice = 'complete them under Administration, Mentions légales, before people come';
  return doubtful('legal', `not told yet: ${missing.join(', ')}`, advice);
}
