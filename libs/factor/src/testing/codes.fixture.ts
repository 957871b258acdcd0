import type { CanActivate, Type } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA } from '@nestjs/common/constants';
import type { Account } from '@portillon/account';
import type { PendingSignIn, Session } from '@portillon/session';

export const CLAIRE = {
  id: 'claire',
  username: 'claire.martin',
  structure: null,
  policy: { totpIsStrong: false },
} as Account;

export const SESSION = {
  id: 'session',
  accountId: 'claire',
  means: 'password',
  proof: {},
  principal: { structure: null },
} as unknown as Session;

export const SIGN_IN = {
  id: 'sign-in',
  accountId: 'claire',
  means: 'password',
  principal: { structure: null },
} as unknown as PendingSignIn;

/** The routes of these controllers that a guard closes, by the names of their methods. */
export function routesBehind(guard: Type<CanActivate>, ...controllers: Type<unknown>[]): string[] {
  return controllers.flatMap((controller) =>
    routesOf(controller).filter(
      (route) => isBehind(guard, controller) || isBehind(guard, methodOf(controller, route)),
    ),
  );
}

function routesOf(controller: Type<unknown>): string[] {
  const names = Object.getOwnPropertyNames(controller.prototype);
  return names.filter((name) => Reflect.hasMetadata(METHOD_METADATA, methodOf(controller, name)));
}

function isBehind(guard: Type<CanActivate>, guarded: object): boolean {
  return ((Reflect.getMetadata(GUARDS_METADATA, guarded) ?? []) as unknown[]).includes(guard);
}

function methodOf(controller: Type<unknown>, name: string): object {
  return (controller.prototype as Record<string, object>)[name]!;
}
