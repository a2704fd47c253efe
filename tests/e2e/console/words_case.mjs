// Words of "my turn" and the case page that the stories look for.
export const words_case = {
  'zh-CN': {
    hand: '移交', several: '选择多件移交', select_all: '全选', hand_picked: '移交所选', next: '下一步', sure: /^确认移交给/, offered: '已提请，等待对方接收', close: '完成',
    take: '接受移交', decline: '不接收', urge: '催办', urged: '已催办', early: /刚刚通知过/, writing: /正在填写/, mine: '我填的', theirs: '别人填的', anyway: '我已了解，仍要提交',
    working: /还剩.*工作/, lacking: '还缺条件的', private: '记一条（仅自己可见）', shared: '记一条（大家可见）', not_verified: /缺|尚未/, congress: '召开职代会', why: '为什么是这个时间？', papers: '材料', more: '显示更多',
  },
  en: {
    hand: 'Hand over', several: 'Hand over several', select_all: 'Select all', hand_picked: 'Hand over the selected', next: 'Next', sure: /^Yes, hand over to/, offered: 'offered, waits for their answer', close: 'Close',
    take: 'Take it over', decline: 'Decline', urge: 'Urge', urged: 'Urged', early: /told just now/, writing: /is filling in/, mine: 'Mine', theirs: 'Theirs', anyway: 'I have seen it, send anyway',
    working: /working/, lacking: 'Something is still missing for', private: 'Write a note for yourself', shared: 'Write a note for all', not_verified: /missing|not/i, congress: 'Congress held', why: 'Why this time?', papers: 'Documents', more: 'Show more',
  },
};
