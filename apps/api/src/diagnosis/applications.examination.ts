import type { INestApplicationContext } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import { doubtful, fine, Finding } from './finding';

/** Whether an application takes a code that nothing protects. */
export async function examineApplications(app: INestApplicationContext): Promise<Finding> {
  const off = await app.get(ApplicationService).withoutPkce();
  if (off.length === 0) return fine('applications', 'PKCE or a nonce protects every sign-in');
  const names = off.map(({ id, name }) => `${name} (${id})`).join(', ');
  return doubtful(
    'applications',
    `PKCE is off for ${names}`,
    'set it to "required" or "nonce" after the run',
  );
}
