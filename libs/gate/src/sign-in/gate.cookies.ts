import '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import { MINUTE, SECOND } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

const SESSION = 'portillon_gate';
/** Each sign-in has a separate cookie, so that several tabs do not disturb each other. */
const SIGN_IN = 'portillon_gate_sign_in';
export const SIGN_IN_MS = 15 * MINUTE;
const SUFFIX_LENGTH = 12;

/**
 * The cookies on an application's own host. They name no parent domain, so that no other subdomain can set one (`__Host-`),
 * and the cookie of one application is not valid at another.
 */
@Injectable()
export class GateCookies {
  session(request: FastifyRequest, origin: string): string | undefined {
    return request.cookies[name(SESSION, origin)];
  }

  /** It ends with the browser, as the session's does. */
  setSession(reply: FastifyReply, origin: string, token: string): void {
    set(reply, origin, SESSION, token);
  }

  signIn(request: FastifyRequest, origin: string, id: string): string | undefined {
    return request.cookies[name(ofSignIn(id), origin)];
  }

  setSignIn(reply: FastifyReply, origin: string, id: string, token: string): void {
    set(reply, origin, ofSignIn(id), token, SIGN_IN_MS / SECOND);
  }

  clearSignIn(reply: FastifyReply, origin: string, id: string): void {
    set(reply, origin, ofSignIn(id), '', 0);
  }
}

function ofSignIn(id: string): string {
  return `${SIGN_IN}_${id.slice(-SUFFIX_LENGTH)}`;
}

function name(cookie: string, origin: string): string {
  return isSecure(origin) ? `__Host-${cookie}` : cookie;
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:');
}

/** SameSite=Lax: the way back from signing in is a navigation from another site. */
function set(reply: FastifyReply, origin: string, cookie: string, value: string, maxAge?: number): void {
  void reply.setCookie(name(cookie, origin), value, {
    httpOnly: true,
    secure: isSecure(origin),
    sameSite: 'lax',
    path: '/',
    ...(maxAge === undefined ? {} : { maxAge }),
  });
}
