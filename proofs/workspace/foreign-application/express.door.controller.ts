import { Body, Controller, Delete, Get, Headers, Post, Res, UnauthorizedException } from '@nestjs/common';
import { DoorService } from './express.door.service';

interface Answer {
  setHeader(name: string, value: string): void;
}

/** Two cookies, so that a sign-in in progress passes for no session. */
@Controller('door')
export class DoorController {
  constructor(private readonly door: DoorService) {}

  @Post()
  async begin(
    @Body() body: { name: string; password: string; mail: string },
    @Res({ passthrough: true }) answer: Answer,
  ) {
    if (body.password !== process.env.PASSWORD) throw new UnauthorizedException();
    setCookie(answer, 'sign-in', await this.door.begin(body.name, body.mail));
    return { status: 'code-required' };
  }

  @Post('code')
  async enter(
    @Body() { code }: { code: string },
    @Headers('cookie') cookie: string | undefined,
    @Headers('user-agent') userAgent: string,
    @Res({ passthrough: true }) answer: Answer,
  ) {
    const token = await this.door.enter(read(cookie, 'sign-in'), code, { userAgent, address: '127.0.0.1' });
    if (!token) throw new UnauthorizedException();
    setCookie(answer, 'session', token);
    return { status: 'signed-in' };
  }

  @Get()
  async who(@Headers('cookie') cookie: string | undefined) {
    const session = await this.door.sessionOf(read(cookie, 'session'));
    if (!session) throw new UnauthorizedException();
    return { name: session.principal.displayName };
  }

  @Delete()
  leave(@Headers('cookie') cookie: string | undefined) {
    return this.door.leave(read(cookie, 'session'));
  }
}

function setCookie(answer: Answer, name: string, token: string): void {
  answer.setHeader('set-cookie', `${name}=${token}; HttpOnly; SameSite=Lax; Path=/`);
}

function read(cookie: string | undefined, name: string): string | undefined {
  return new RegExp(`(?:^|; )${name}=([^;]+)`).exec(cookie ?? '')?.[1];
}
