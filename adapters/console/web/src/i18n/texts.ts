// A catalogue of one language, put together from its files: `zh-CN/tasks.json` holds the texts of "my
// turn", and so on. Each file holds whole top-level keys that no other file has.
export interface Texts {
  [key: string]: string | Texts;
}

export function together(files: Record<string, Texts>): Texts {
  return Object.assign({}, ...Object.values(files)) as Texts;
}
