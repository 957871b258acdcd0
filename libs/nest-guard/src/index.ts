export { CurrentPerson } from './current-person.decorator';
export { LogoutHandler } from './logout-handler';
export type { LogoutNotice } from './logout-handler';
export type { PortillonPerson } from './person.types';
export { PortillonGuardModule } from './portillon-guard.module';
export type { PortillonGuardOptions } from './portillon-guard.options';
export { Public } from './public.decorator';
export { RequireAcr } from './require-acr.decorator';
