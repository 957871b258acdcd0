import {
  ConfigurableModuleAsyncOptions,
  ConfigurableModuleBuilder,
  DynamicModule,
  Type,
} from '@nestjs/common';

/**
 * The base class of a library's module that has options, and the token of the options. `forRoot` and `forRootAsync` give
 * them once, for the whole application; every module that uses the library imports the plain module:
 *
 * ```ts
 * @Module({ imports: [AccountModule.forRoot({}), OtpModule.forRoot({ digits: 8 }), ShopModule] })
 * export class AppModule {}
 *
 * @Module({ imports: [OtpModule], providers: [CouponService] })
 * export class ShopModule {}
 * ```
 */
export function configurableModule<Options>(MODULE_OPTIONS_TOKEN = Symbol('the options of forRoot')) {
  const { ConfigurableModuleClass: OptionsHost } = new ConfigurableModuleBuilder<Options>({
    optionsInjectionToken: MODULE_OPTIONS_TOKEN,
  })
    .setClassMethodName('forRoot')
    .build();

  class OptionsModule extends OptionsHost {}
  class RootModule {}
  const rootOf = (options: DynamicModule, module: Type): DynamicModule => ({
    module: RootModule,
    imports: [{ ...options, global: true, exports: [MODULE_OPTIONS_TOKEN] }, module],
    exports: [module],
  });

  class ConfigurableModuleClass {
    static forRoot(options: Options): DynamicModule {
      return rootOf(OptionsModule.forRoot(options as Parameters<typeof OptionsModule.forRoot>[0]), this);
    }

    static forRootAsync(options: ConfigurableModuleAsyncOptions<Options>): DynamicModule {
      return rootOf(OptionsModule.forRootAsync(options), this);
    }
  }
  return { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN };
}
