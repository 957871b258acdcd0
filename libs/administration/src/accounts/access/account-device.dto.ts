import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';
import type { Session, TrustedDevice } from '@portillon/session';

export class AdminAccountSession {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: [], enumName: 'MeansId' })
  means!: string;

  @ApiProperty({ description: 'The User-Agent of the browser.' })
  device!: string;

  @ApiProperty()
  address!: string;

  @ApiProperty({ format: 'date-time' })
  signedInAt!: string;
}

export class AdminAccountBrowser {
  @ApiProperty({ description: 'The User-Agent of the browser.' })
  device!: string;

  @NullableInstant('The browser needs no code until this time.')
  codeValidUntil!: string | null;

  @ApiProperty({ format: 'date-time' })
  lastUsedAt!: string;
}

export class AdminAccountDevices {
  @ApiProperty({ type: [AdminAccountSession], description: 'The open sessions.' })
  sessions!: AdminAccountSession[];

  @ApiProperty({ type: [AdminAccountBrowser], description: 'The remembered browsers.' })
  browsers!: AdminAccountBrowser[];
}

export function devicesView(sessions: Session[], browsers: TrustedDevice[]): AdminAccountDevices {
  return {
    sessions: sessions.map(({ id, means, device, signedInAt }) => ({
      id,
      means,
      device: device.userAgent,
      address: device.address,
      signedInAt: signedInAt.toISOString(),
    })),
    browsers: browsers.map(({ device, codeStillValid, codeValidUntilAt, lastUsedAt }) => ({
      device: device.userAgent,
      codeValidUntil: codeStillValid ? codeValidUntilAt.toISOString() : null,
      lastUsedAt: lastUsedAt.toISOString(),
    })),
  };
}
