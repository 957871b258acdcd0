/** The servers that a black-box test talks to. Apart from the rest of the bench: nothing here loads Nest or TypeORM. */
export { atOnce } from './at-once';
export { endlessTexts } from './endless-texts';
export { HttpsReceiver } from './https-receiver';
export type { ReceivedRequest, ReceiverMood } from './https-receiver';
export { processorMs } from './processor-ms';
export { SmtpSink } from './smtp-sink';
export type { SmtpMood, SmtpSinkOptions } from './smtp-sink';
export { freePort, ThrowAwayMariadb } from './throw-away-mariadb';
export type { MariadbOptions } from './throw-away-mariadb';
export { scratchFolder } from './scratch-folder';
export { SoftAuthenticator } from './soft-authenticator';
export type { Misconduct } from './soft-authenticator';
export { SqlClient } from './sql-client';
export { ThrowAwayRedis } from './throw-away-redis';
export { ThrowAwaySentinels } from './throw-away-sentinels';
export { TwilioServer } from './twilio-server';
export type { SentSms, TwilioMood } from './twilio-server';
