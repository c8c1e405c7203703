"""Turns what PostgreSQL says about itself into a sentence for a person."""

from pathlib import Path

KNOWN = {
    "No space left on device": "Đĩa đã đầy: hãy giải phóng chỗ trống rồi chạy lại.",
    "Disk quota exceeded": "Đã hết hạn mức dung lượng đĩa của tài khoản: hãy giải phóng chỗ trống rồi chạy lại.",
    "Read-only file system": "Ổ đĩa chỉ cho đọc: hãy kiểm tra ổ đĩa rồi chạy lại.",
    "Cannot allocate memory": "Máy không đủ bộ nhớ: hãy đóng bớt chương trình, hoặc giảm shared_buffers.",
    "could not resize shared memory": "Máy không đủ bộ nhớ dùng chung: hãy tăng /dev/shm (docker: --shm-size=256m).",
    "Permission denied": "Tài khoản chạy máy chủ không có quyền đọc hoặc ghi: hãy kiểm tra quyền của thư mục này.",
    "has wrong ownership": "Thư mục dữ liệu thuộc về tài khoản khác: hãy chạy bằng đúng tài khoản đã tạo ra nó.",
    "invalid permissions": "Thư mục dữ liệu mở cho người khác: hãy chạy `chmod 700` trên thư mục này.",
    "could not locate a valid checkpoint record": "Dữ liệu bị hỏng: hãy khôi phục từ bản sao lưu bằng `khue restore`.",
    "could not open file": "Thư mục dữ liệu thiếu tệp: hãy khôi phục từ bản sao lưu bằng `khue restore`.",
    "invalid primary checkpoint": "Dữ liệu bị hỏng: hãy khôi phục từ bản sao lưu bằng `khue restore`.",
    "pg_control": "Dữ liệu bị hỏng: hãy khôi phục từ bản sao lưu bằng `khue restore`.",
    "already in use": "Ổ cắm của máy chủ đang bị chương trình khác giữ: hãy tắt chương trình đó rồi chạy lại.",
    "unrecognized configuration parameter": "Tệp postgresql.conf có thiết lập sai: hãy sửa dòng nêu dưới đây.",
    "contains errors": "Tệp postgresql.conf có lỗi: hãy sửa dòng nêu dưới đây.",
}
LINES = 8


def explained(what: str, folder: Path, said: str) -> str:
    """`what` happened in `folder`, the likely cause with its remedy, and the last lines that PostgreSQL wrote."""
    cause = next((sentence for sign, sentence in KNOWN.items() if sign in said), "Xem lời máy chủ báo dưới đây.")
    tail = "\n".join(f"  {line}" for line in said.strip().splitlines()[-LINES:])
    return f"{what} ({folder}). {cause}\n{tail}".rstrip()


def tail(log: Path, start: int) -> str:
    """What was written to `log` from byte `start` on."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(start)
        return file.read().decode(errors="replace")
