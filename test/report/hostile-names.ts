/** What may come from outside as a name, a status or a message. */
export const hostileNames: readonly string[] = [
  '</script><img src=x onerror=alert(1)>',
  '"><svg onload=alert(2)>',
  "' onmouseover='alert(3)",
  '</style></title></textarea><iframe src=javascript:alert(4)>',
  '<!-- --!> <![CDATA[ ]]>',
  '\u202etxt.exe\u202c after',
  '\u2066isolated\u2069\u0000\u0007',
  'javascript:alert(5)',
  '&lt;b&gt; &amp; &#60;',
  '👩🏽‍🚀 Zoë – 湖 🦆',
  'W'.repeat(5000),
  'שלום עולם',
  '{{x}} `y` %s',
];
