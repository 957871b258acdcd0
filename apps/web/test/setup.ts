import { config } from '@vue/test-utils';
import { i18n } from '../src/locales';

config.global.plugins = [i18n];
