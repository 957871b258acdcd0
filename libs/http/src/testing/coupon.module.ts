import {
  Body,
  ConflictException,
  Controller,
  Get,
  ImATeapotException,
  Module,
  Post,
  Query,
} from '@nestjs/common';
import { NotFoundException, ServiceUnavailableException, UnauthorizedException } from '@nestjs/common';
import { AppError, ErrorDefinitions, ErrorsModule, FieldTexts } from '@portillon/kernel';
import { LogsRefusals } from '../route.decorators';

/** The errors of a lib that is not ours: it touches none of our files. */
const couponErrors = {
  'coupon.spent': {
    status: 409,
    fr: { title: 'Bon déjà utilisé', detail: 'Ce bon a déjà servi. Demandez-en un autre.' },
    en: { title: 'Coupon spent', detail: 'This coupon was used already. Ask for another one.' },
  },
} as const satisfies ErrorDefinitions;

const couponFields = {
  'not-a-coupon': { fr: 'Ceci n’est pas un bon.', en: 'This is no coupon.' },
} as const satisfies FieldTexts;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    specs: typeof couponErrors;
  }
}

/** Throws an error such as a team's own code may throw. */
@Controller('coupons')
class CouponController {
  @Post(['spent', 'foreign/spent'])
  spend(@Body() body: object): never {
    throw new AppError('coupon.spent', { data: { body } });
  }

  @Get('check')
  @LogsRefusals()
  check(@Query('spent') spent?: string): object {
    if (spent) throw new AppError('coupon.spent');
    return {};
  }

  @Get('wrong')
  wrong(): never {
    const errors = [{ field: 'coupon', code: 'not-a-coupon', message: '' }];
    throw new AppError('validation.failed', { errors });
  }

  @Get('forgotten')
  forgotten(): never {
    throw new AppError('coupon.forgotten' as 'coupon.spent');
  }

  @Get('conflict')
  conflict(): never {
    throw new ConflictException('SELECT * FROM coupon');
  }

  @Get('missing')
  missing(): never {
    throw new NotFoundException();
  }

  @Get('stranger')
  stranger(): never {
    throw new UnauthorizedException();
  }

  @Get('teapot')
  teapot(): never {
    throw new ImATeapotException();
  }

  @Get('down')
  down(): never {
    throw new ServiceUnavailableException();
  }

  @Get('broken')
  broken(): never {
    throw new TypeError('coupon is not a function');
  }
}

@Module({ imports: [ErrorsModule.forFeature(couponErrors, couponFields)], controllers: [CouponController] })
export class CouponModule {}
