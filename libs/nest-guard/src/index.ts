export { CurrentPerson } from './person';
export { LogoutHandler } from './portillon-guard.options';
export type { LogoutNotice } from './portillon-guard.options';
export type { PortillonPerson } from './person';
export { PortillonGuardModule } from './portillon-guard.module';
export type { PortillonGuardOptions } from './portillon-guard.options';
export { Public } from './guard.decorators';
export { RequireAcr } from './guard.decorators';
