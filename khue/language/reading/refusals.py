"""Every sentence with which a file is refused: what is wrong, in which file, what to do."""

from khue.language.source import Unreadable

MEGABYTE = 1024 * 1024


def empty(name: str) -> Unreadable:
    return Unreadable("empty", f"Tệp «{name}» rỗng, không có nội dung nào. Hãy lấy lại tệp gốc rồi gửi lại.")


def too_large(name: str, size: int, limit: int) -> Unreadable:
    sentence = (
        f"Tệp «{name}» nặng {_megabytes(size)} MB, quá giới hạn {_megabytes(limit)} MB. "
        "Hãy tách thành nhiều tệp, hoặc giảm dung lượng ảnh trong tệp rồi gửi lại."
    )
    return Unreadable("too-large", sentence)


def unknown(name: str) -> Unreadable:
    sentence = (
        f"Không nhận ra loại tệp của «{name}»: nội dung không phải văn bản. "
        "Hãy gửi tệp Word (.docx), PDF, .odt, .html hoặc .txt."
    )
    return Unreadable("unknown-kind", sentence)


def not_a_document(name: str, label: str) -> Unreadable:
    sentence = (
        f"Tệp «{name}» là {label}, không đọc được thành văn bản. "
        "Hãy gửi tệp Word (.docx), PDF, .odt, .html hoặc .txt của chính văn bản đó."
    )
    return Unreadable("unsupported", sentence)


def not_allowed(name: str, label: str) -> Unreadable:
    return Unreadable("not-allowed", f"Tệp «{name}» là {label}, loại tệp không nhận ở đây. Hãy gửi tệp văn bản.")


def mislabelled(name: str, label: str, suffix: str) -> Unreadable:
    sentence = (
        f"Tên tệp «{name}» không khớp nội dung: bên trong là {label}. "
        f"Hãy đổi đuôi tên tệp thành {suffix} (hoặc lưu lại từ phần mềm soạn thảo) rồi gửi lại."
    )
    return Unreadable("mislabelled", sentence)


def truncated(name: str, label: str) -> Unreadable:
    sentence = (
        f"Tệp «{name}» ({label}) bị hỏng hoặc bị cắt cụt, không mở được. "
        "Hãy tải hoặc sao chép lại tệp gốc cho trọn vẹn rồi gửi lại."
    )
    return Unreadable("damaged", sentence)


def encrypted(name: str, label: str) -> Unreadable:
    sentence = (
        f"Tệp «{name}» ({label}) được đặt mật khẩu nên không đọc được. "
        "Hãy mở tệp bằng mật khẩu, lưu một bản không mật khẩu rồi gửi lại."
    )
    return Unreadable("encrypted", sentence)


def macros(name: str, label: str) -> Unreadable:
    sentence = (
        f"Tệp «{name}» ({label}) có chứa macro (mã chạy tự động) nên không được nhận. "
        "Hãy lưu lại thành tệp không có macro (.docx, .xlsx) hoặc PDF rồi gửi lại."
    )
    return Unreadable("macros", sentence)


def bomb(name: str, label: str) -> Unreadable:
    sentence = (
        f"Tệp «{name}» ({label}) nén bất thường: khi giải nén sẽ phình ra quá lớn, có dấu hiệu là tệp phá hoại. "
        "Hãy lưu lại văn bản từ phần mềm soạn thảo rồi gửi lại."
    )
    return Unreadable("zip-bomb", sentence)


def xml_attack(name: str, label: str) -> Unreadable:
    sentence = (
        f"Tệp «{name}» ({label}) khai báo thực thể XML, điều mà văn bản thật không có và có thể dùng để tấn công. "
        "Hãy lưu lại văn bản từ phần mềm soạn thảo rồi gửi lại."
    )
    return Unreadable("xml-entities", sentence)


def no_text(name: str) -> Unreadable:
    sentence = (
        f"Tệp «{name}» mở được nhưng không có chữ nào để đọc (có thể chỉ gồm ảnh). "
        "Hãy gửi bản có chữ, hoặc bản quét ở dạng PDF."
    )
    return Unreadable("no-text", sentence)


def scanned(name: str) -> Unreadable:
    sentence = (
        f"Tệp «{name}» là bản quét (ảnh chụp trang giấy), không có lớp chữ; để nhận dạng chữ cần cài tesseract-ocr và "
        "tesseract-ocr-vie. Trên Debian/Ubuntu: sudo apt install tesseract-ocr tesseract-ocr-vie; "
        "trên macOS: brew install tesseract tesseract-lang. Hoặc gửi tệp Word gốc của văn bản."
    )
    return Unreadable("ocr-missing", sentence)


def ocr_failed(name: str, page: int) -> Unreadable:
    sentence = (
        f"Không nhận dạng được chữ ở trang {page} của bản quét «{name}»: chương trình tesseract dừng giữa chừng. "
        "Hãy kiểm tra gói tesseract-ocr-vie, hoặc gửi tệp Word gốc của văn bản."
    )
    return Unreadable("ocr-failed", sentence)


def office_missing(name: str) -> Unreadable:
    sentence = (
        f"Tệp «{name}» là Word đời cũ (.doc); để đọc cần cài LibreOffice. "
        "Trên Debian/Ubuntu: sudo apt install libreoffice-writer-nogui; trên macOS: brew install --cask libreoffice. "
        "Hoặc mở tệp bằng Word, chọn «Lưu thành», loại .docx, rồi gửi lại."
    )
    return Unreadable("libreoffice-missing", sentence)


def office_failed(name: str) -> Unreadable:
    sentence = (
        f"LibreOffice không chuyển được tệp «{name}». Tệp có thể bị hỏng; "
        "hãy mở bằng Word, chọn «Lưu thành», loại .docx, rồi gửi lại."
    )
    return Unreadable("libreoffice-failed", sentence)


def not_found(name: str) -> Unreadable:
    return Unreadable("not-found", f"Không mở được tệp «{name}». Hãy kiểm tra đường dẫn và quyền đọc tệp.")


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".removesuffix(".0").replace(".", ",")
