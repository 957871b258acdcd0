import { ExecutionContext, Injectable } from '@nestjs/common';
import { StepUpGuard } from '@portillon/access';

/** Requires a fresh code when the request changes the channel: a change of the language alone gives no access. */
@Injectable()
export class ChannelChangeGuard extends StepUpGuard {
  /** @throws AppError `reauthentication.required` */
  override canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<{ body?: unknown }>();
    const named = typeof body === 'object' && body !== null && 'codeChannel' in body;
    return !named || super.canActivate(context);
  }
}
