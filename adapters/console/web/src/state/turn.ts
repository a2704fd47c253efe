// How many things wait for me: for the tab's title and the number beside "My turn".
import { reactive } from 'vue';

export const turn = reactive({ count: 0 });
