// mulberry32: the same seed gives the same kills and the same requests (not the same interleaving).
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, between: (least, most) => least + Math.floor(next() * (most - least + 1)) };
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
