import { DynamicModule, Module } from '@nestjs/common';
import type { Settings } from './settings';
import { SETTINGS } from './settings.token';

/** Provides the settings to whatever the application itself adds to the libs. */
@Module({})
export class SettingsModule {
  static forRoot(settings: Settings): DynamicModule {
    const provider = { provide: SETTINGS, useValue: settings };
    return { module: SettingsModule, global: true, providers: [provider], exports: [provider] };
  }
}
