// The case a form is about, for questions that point into it.
import { inject, provide, type InjectionKey, type Ref } from 'vue';

import type { Case } from '../api/types';

const key: InjectionKey<Ref<Case | null>> = Symbol('subject');
export const provide_subject = (kase: Ref<Case | null>) => provide(key, kase);
export const use_subject = () => inject(key, null);
