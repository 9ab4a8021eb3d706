/** What is refused about files and check-ups, in Chinese: what happened, what to do. */
export const inspectProblemsZh: Readonly<Record<string, readonly [detail: string, remedy: string]>> = {
  'FIL-001': ['收到的内容与校验值不一致，服务器已删除', '原件还在手机里，点“重试”从头发送。'],
  'FIL-002': ['不接收这种类型的文件', '请用 JPEG、PNG、WebP、HEIC 照片，或 PDF、XLSX、DOCX 文件。'],
  'FIL-003': ['文件内容与类型不符，服务器已删除', '请重新拍照或换一个文件。'],
  'FIL-004': ['文件太大', '请缩小后再发送，原件请留好。'],
  'FIL-005': ['服务器存储空间不足', '内容保留在手机里，请联系平台管理员，腾出空间后自动继续。'],
  'FIL-006': ['服务器的文件存储暂时不可用', '内容保留在手机里，稍后自动重试。'],
  'FIL-007': ['这次上传中断太久，已失效', '点“重试”重新发送，原件没有丢。'],
  'FIL-010': ['文件说明不完整', '请重新拍照；仍然不行请联系平台管理员。'],
  'AUT-005': ['用户名或密码不正确', '请检查后再试；连续输错五次将锁定 15 分钟。'],
  'AUT-006': ['输错次数过多，账号已锁定', '请等待，或请管理员重设密码。'],
};
