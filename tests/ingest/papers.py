"""Documents for tests: DOCX and ODT of a body of XML, PDF of lines, each as small as the format allows."""

from xml.sax.saxutils import escape

from tests.ingest.archived import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LIGATURES = {"\ufefb": "06440627", "\ufef7": "06440623"}
"""Characters that a font draws as one sign for two letters."""
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def docx(body, *, namespace=W, part="word/document.xml", **others):
    """A DOCX; `others` are more members, with `__` for the slash and `_xml` for the suffix."""
    document = f'<w:document xmlns:w="{namespace}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    more = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): inside
        for name, inside in others.items()
    }
    return zipped({"[Content_Types].xml": "<Types/>", part: document, **more})


def wp(*texts):
    """A Word paragraph of runs."""
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' for text in texts) + "</w:p>"


def wtable(*rows):
    """A Word table of cells that are texts."""
    cells = ("".join(f"<w:tc>{wp(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def odt(body):
    """An ODT of a body of XML with the prefixes `text`, `table` and `office`."""
    names = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("text", "table", "office"))
    inside = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {names}>{inside}</office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def op(*texts):
    """An ODT paragraph of spans."""
    return "<text:p>" + "".join(f"<text:span>{escape(text)}</text:span>" for text in texts) + "</text:p>"


def otable(*rows):
    """An ODT table of cells that are texts."""
    cells = ("".join(f"<table:table-cell>{op(cell)}</table:table-cell>" for cell in row) for row in rows)
    return "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells) + "</table:table>"


def pdf(*pages, extra=""):
    """A PDF whose pages are lists of lines, in any script; `extra` goes into the trailer."""
    used = sorted({character for page in pages for line in page for character in line})
    pairs = "\n".join(f"<{ord(one):04x}> <{LIGATURES.get(one, f'{ord(one):04x}')}>" for one in used)
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(used)} beginbfchar\n{pairs}\nendbfchar endcmap end"
    )
    kids = " ".join(f"{6 + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /DW 500 >>",
        stream(cmap),
    ]
    for place, page in enumerate(pages):
        shown = "\n".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -14 Td" for line in page)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {7 + 2 * place} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>",
            stream(f"BT /F 12 Tf 40 760 Td\n{shown}\nET"),
        ]
    return assembled(objects, extra=extra)


def stream(text):
    """The object of a stream."""
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def assembled(objects, *, extra=""):
    """The bytes of a PDF of numbered objects, the first of them its catalog."""
    content, places = b"%PDF-1.4\n", []
    for number, inside in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{inside}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R {extra} >>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()
